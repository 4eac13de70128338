import { pairwiseSum } from './pairwise-sum.ts';

/** Arithmetic mean of at least one value, summed pairwise. */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('the mean of no values is not defined');
  return pairwiseSum(values) / values.length;
}

/**
 * Mean squared deviation from the mean, computed in two passes.
 *
 * @param degreesLost 0 (default) divides by n, the population variance; 1 divides by n − 1, the sample variance.
 * @example
 * variance([1, 2, 3, 4]); // 1.25
 */
export function variance(values: ArrayLike<number>, degreesLost = 0): number {
  if (values.length <= degreesLost) {
    throw new RangeError(`variance with ${degreesLost} degrees lost needs more than ${values.length} values`);
  }
  const center = mean(values);
  const squares = Float64Array.from(values, (value) => (value - center) * (value - center));
  return pairwiseSum(squares) / (values.length - degreesLost);
}

/** Square root of the `variance`, in the values' own unit. */
export function standardDeviation(values: ArrayLike<number>, degreesLost = 0): number {
  return Math.sqrt(variance(values, degreesLost));
}
