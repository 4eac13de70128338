import type { Random } from '../numerics/random.ts';
import { randomSigns } from '../numerics/vectors.ts';
import { krylovSpace } from './lanczos.ts';
import { type Estimate, meanWithError } from './mean-with-error.ts';
import { assertCount, type SymmetricOperator } from './symmetric-operator.ts';

export interface SpectralDensityOptions {
  /** Random vectors; 8 by default. What is random about the result falls with their root. */
  readonly probes?: number;
  /** Products per probe; 32 by default. The finer details of the spectrum are, the more of them. */
  readonly steps?: number;
}

/** A distribution on a few points that stands for the spectrum: Gauss quadrature, as one probe gives it. */
export interface Quadrature {
  /** Descending; the first and last lie near the ends of the spectrum, within it. */
  readonly nodes: Float64Array;
  /** Share of the eigenvalues that each node stands for; they sum to 1. */
  readonly weights: Float64Array;
}

/** The spectrum of an operator as it was sampled, or why it was not. */
export type SpectralDensity =
  | {
      readonly determined: true;
      readonly probes: readonly Quadrature[];
      /** Eigenvalues in all. */
      readonly length: number;
      readonly products: number;
    }
  | { readonly determined: false; readonly reason: string };

export type DeterminedDensity = Extract<SpectralDensity, { determined: true }>;

/**
 * The distribution of all eigenvalues of a symmetric operator known only by its products, by stochastic Lanczos quadrature: m
 * steps of the Lanczos method from a vector z of random signs give m nodes and weights for which Σ wᵢ f(θᵢ) = zᵀf(H)z/n
 * exactly for every polynomial f up to degree 2m − 1, and its expectation over z is the mean of f over the eigenvalues.
 *
 * Eigenvalues far from the rest are nodes of their own. A crowd of them (a network's near zero) is a few nodes with
 * much weight: how many lie on which side of a point within the crowd is not resolved. Memory: m vectors.
 *
 * Undetermined where a product is not finite.
 *
 * Source: Golub & Meurant 2010, *Matrices, moments and quadrature*, ch. 6; Ubaru, Chen & Saad 2017; for networks Ghorbani, Krishnan
 * & Xiao 2019, *An investigation into neural net optimization via Hessian eigenvalue density*.
 *
 * @param apply v ↦ Hv, vectors of `length` elements.
 * @throws RangeError if a count is out of range, or a product has another length.
 * @example
 * const diagonal = async (v: Float64Array) => v.map((value, i) => [1, 1, 1, 5][i] * value);
 * const density = await spectralDensity(diagonal, 4, createRandom(1));
 * if (density.determined) console.log(spectralMean(density, (x) => Number(x > 3)).value); // 0.25
 */
export async function spectralDensity(
  apply: SymmetricOperator,
  length: number,
  rng: Random,
  { probes = 8, steps = 32 }: SpectralDensityOptions = {},
): Promise<SpectralDensity> {
  assertCount('length', length);
  assertCount('probes', probes);
  assertCount('steps', steps);
  const quadratures: Quadrature[] = [];
  let products = 0;
  for (let probe = 0; probe < probes; probe++) {
    const space = krylovSpace(apply, randomSigns(length, rng), rng);
    for (let step = 0; step < Math.min(steps, length); step++) {
      products++;
      if (!(await space.grow())) {
        return { determined: false, reason: `product ${products} with the operator is not finite` };
      }
      if (space.closed()) break;
    }
    const { values, coordinates } = space.ritz();
    quadratures.push({
      nodes: values,
      weights: values.map((_, i) => coordinates[i * values.length] ** 2),
    });
  }
  return { determined: true, probes: quadratures, length, products };
}

/**
 * The mean of a function over all eigenvalues, e.g. their mean (times `length` the trace), or the share of them above a
 * bound.
 *
 * @param f of an eigenvalue; the smoother, the more exact.
 */
export function spectralMean({ probes }: DeterminedDensity, f: (eigenvalue: number) => number): Estimate {
  return meanWithError(
    probes.map(({ nodes, weights }) =>
      nodes.reduce((sum, node, i) => (weights[i] === 0 ? sum : sum + weights[i] * f(node)), 0),
    ),
  );
}

/** The ends of the spectrum as far as they were seen: the largest eigenvalue is not below, the smallest not above. */
export function spectralEnds({ probes }: DeterminedDensity): {
  readonly largest: number;
  readonly smallest: number;
} {
  return {
    largest: Math.max(...probes.map(({ nodes }) => nodes[0])),
    smallest: Math.min(...probes.map(({ nodes }) => nodes[nodes.length - 1])),
  };
}

/**
 * The density at given points, per unit of eigenvalue, each node a normal distribution: for pictures.
 *
 * @param width standard deviation, above 0.
 */
export function smoothedDensity(density: DeterminedDensity, at: readonly number[], width: number): number[] {
  if (!(width > 0)) throw new RangeError(`width is ${width}; allowed: above 0`);
  const height = 1 / (width * Math.sqrt(2 * Math.PI));
  return at.map(
    (point) => spectralMean(density, (node) => height * Math.exp(-(((point - node) / width) ** 2) / 2)).value,
  );
}
