import type { Random } from '../numerics/random.ts';
import { randomDirection } from '../numerics/vectors.ts';
import { krylovSpace } from './lanczos.ts';
import { assertCount, type SymmetricOperator } from './symmetric-operator.ts';

export interface TopEigenvaluesOptions {
  /** How many of the largest; 1 by default. */
  readonly count?: number;
  /** Largest residual that counts as converged, as a share of |λ|; 1e-3 by default. */
  readonly tolerance?: number;
  /** Most products with the operator, at least 1; 100 by default. */
  readonly mostProducts?: number;
}

/** The largest eigenvalues as far as they were found, or why they were not. */
export type TopEigenvalues =
  | {
      readonly determined: true;
      /** λ₁ ≥ λ₂ ≥ …: the most positive ones, negative only if no more are positive. Fewer if there are not so many. */
      readonly eigenvalues: Float64Array;
      /** Their directions, of norm 1; signs are arbitrary. */
      readonly eigenvectors: readonly Float64Array[];
      /**
       * ‖Hv − λv‖/|λ|. Some eigenvalue lies within this share of λ; where the next one is well apart, within about its
       * square. Says nothing where λ is zero beside the operator's other eigenvalues.
       */
      readonly residuals: Float64Array;
      /** Products with the operator. */
      readonly products: number;
      /** False where the products ran out: every eigenvalue is then only a lower bound of its own. */
      readonly converged: boolean;
    }
  | { readonly determined: false; readonly reason: string };

/** Residuals below this share of the operator's size are rounding in the products; they need not go on falling. */
const ROUNDING = 1e-12;
/** Basis vectors beside those sought before the space is restarted: memory of about 28 vectors for one eigenvalue. */
const EXTRA_VECTORS = 27;
/** Ritz vectors kept at a restart beside those sought. */
const EXTRA_KEPT = 8;

/**
 * The largest (most positive) eigenvalues of a symmetric operator known only by its products with vectors, by the Lanczos method
 * from a random start. The largest eigenvalue of a loss's Hessian is the **sharpness**: gradient descent with learning rate η is
 * unstable where it exceeds 2/η (Cohen et al. 2021, *Gradient descent on neural networks typically occurs at the edge of
 * stability*).
 *
 * Converged means that every residual is within the tolerance, at two products in a row that find the same eigenvalues: where
 * most directions have one curvature, a random start sees little else at first, and its residual is small. Of an eigenvalue that
 * is repeated exactly, one may be found. The zero operator has eigenvalue 0.
 *
 * Undetermined where a product is not finite.
 *
 * @param apply v ↦ Hv, vectors of `length` elements.
 * @param length number of rows of the operator, at least 1.
 * @param rng for the start.
 * @throws RangeError if an option or the length is out of range, or a product has another length.
 * @example
 * const diagonal = async (v: Float64Array) => v.map((value, i) => [1, 3, -5][i] * value);
 * const top = await topEigenvalues(diagonal, 3, createRandom(1));
 * if (top.determined) console.log(top.eigenvalues[0]); // 3.000
 */
export async function topEigenvalues(
  apply: SymmetricOperator,
  length: number,
  rng: Random,
  { count = 1, tolerance = 1e-3, mostProducts = 100 }: TopEigenvaluesOptions = {},
): Promise<TopEigenvalues> {
  assertCount('length', length);
  assertCount('count', count);
  assertCount('mostProducts', mostProducts);
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new RangeError(`tolerance is ${tolerance}; allowed: strictly between 0 and 1`);
  }
  const wanted = Math.min(count, length);
  const space = krylovSpace(apply, randomDirection(length, rng), rng);
  /** The eigenvalues after the product before, where they had settled. */
  let before: Float64Array | null = null;
  for (let products = 1; ; products++) {
    if (!(await space.grow())) {
      return { determined: false, reason: `product ${products} with the operator is not finite` };
    }
    const { values, coordinates, residuals } = space.ritz();
    const order = values.length;
    const found = Math.min(wanted, order);
    const size = Math.max(Math.abs(values[0]), Math.abs(values[order - 1]));
    const isWithin = (error: number, i: number): boolean =>
      error <= Math.max(tolerance * Math.abs(values[i]), ROUNDING * size);
    const settled = found === wanted && residuals.subarray(0, wanted).every(isWithin);
    const stays = settled && before?.every((value, i) => isWithin(Math.abs(value - values[i]), i));
    before = settled ? values.slice(0, wanted) : null;
    const converged = settled && (stays || space.closed());
    if (converged || products === mostProducts) {
      const each = [...Array(found).keys()];
      return {
        determined: true,
        eigenvalues: values.slice(0, found),
        eigenvectors: each.map((i) => space.vector(coordinates.subarray(i * order, (i + 1) * order))),
        residuals: residuals
          .slice(0, found)
          .map((residual, i) => (residual === 0 ? 0 : residual / Math.abs(values[i]))),
        products,
        converged,
      };
    }
    if (order === wanted + EXTRA_VECTORS) space.restart(wanted + EXTRA_KEPT);
  }
}
