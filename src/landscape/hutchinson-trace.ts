import type { Random } from '../numerics/random.ts';
import { dot, randomSigns } from '../numerics/vectors.ts';
import { type Estimate, meanWithError } from './mean-with-error.ts';
import { assertCount, type SymmetricOperator } from './symmetric-operator.ts';

/** The trace as it was estimated, or why it was not. */
export type TraceEstimate =
  | {
      readonly determined: true;
      /** tr H, the sum of all eigenvalues; of a Hessian in units of loss per squared parameter. */
      readonly trace: Estimate;
      /** tr H², the sum of their squares: the squared Frobenius norm. */
      readonly squares: Estimate;
    }
  | { readonly determined: false; readonly reason: string };

/**
 * The trace of a symmetric operator known only by its products: the mean of zᵀHz over vectors z of random signs, whose expectation it
 * is; ‖Hz‖² gives that of H² without a further product. The standard error is √(2 Σ_{i≠j} H²ᵢⱼ / probes) in truth, and as it is
 * given the spread between the probes: with few of them take it for a rough one.
 *
 * Undetermined where a product is not finite.
 *
 * Source: Hutchinson 1990, *A stochastic estimator of the trace of the influence matrix*; for networks Yao et al. 2020, *PyHessian*.
 *
 * @param apply v ↦ Hv, vectors of `length` elements.
 * @param options probes: vectors, and products, to take; 32 by default.
 * @throws RangeError if a count is out of range, or a product has another length.
 * @example
 * const diagonal = async (v: Float64Array) => v.map((value, i) => [1, 3, -5][i] * value);
 * const result = await hutchinsonTrace(diagonal, 3, createRandom(1));
 * if (result.determined) console.log(result.trace.value); // -1
 */
export async function hutchinsonTrace(
  apply: SymmetricOperator,
  length: number,
  rng: Random,
  { probes = 32 }: { readonly probes?: number } = {},
): Promise<TraceEstimate> {
  assertCount('length', length);
  assertCount('probes', probes);
  const [traces, squares]: [number[], number[]] = [[], []];
  for (let probe = 1; probe <= probes; probe++) {
    const signs = randomSigns(length, rng);
    const product = await apply(signs);
    if (product.length !== length) {
      throw new RangeError(`a product has ${product.length} elements; allowed: ${length}`);
    }
    const trace = dot(signs, product);
    if (!Number.isFinite(trace)) {
      return { determined: false, reason: `product ${probe} with the operator is not finite` };
    }
    traces.push(trace);
    squares.push(dot(product, product));
  }
  return { determined: true, trace: meanWithError(traces), squares: meanWithError(squares) };
}
