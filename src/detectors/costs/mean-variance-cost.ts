import { prefixSums } from './prefix-sums.ts';
import type { Cost } from './types.ts';

/**
 * Twice the negative log-likelihood of normal noise, both its mean and its variance fitted to the segment:
 * m·(log v + 1) with v the mean squared deviation.
 *
 * @param smallestVariance above 0. The variance is fitted at or above it: equal measurements would have none, and an
 * infinite likelihood.
 */
export function meanVarianceCost(values: Float64Array, smallestVariance: number): Cost {
  const sums = prefixSums(values.length, (i) => values[i]);
  const squares = prefixSums(values.length, (i) => values[i] * values[i]);
  const logSmallest = Math.log(smallestVariance);
  const error = (start: number, end: number): number => {
    const [m, sum] = [end - start, sums[end] - sums[start]];
    const deviations = Math.max(0, squares[end] - squares[start] - (sum * sum) / m);
    return deviations > m * smallestVariance
      ? m * (Math.log(deviations / m) + 1)
      : m * logSmallest + deviations / smallestVariance;
  };
  return {
    length: values.length,
    parameters: 2,
    minSize: 2,
    error,
    errorsUntil: (starts, count, end, into) => {
      for (let i = 0; i < count; i++) into[i] = error(starts[i], end);
    },
  };
}
