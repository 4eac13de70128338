import { prefixSums } from './prefix-sums.ts';
import type { Cost } from './types.ts';

/**
 * Squared deviations from the segment's least-squares line over the measurements' order: for noise of a known
 * variance, in whose units the values are given, measured at equal distances.
 *
 * @example
 * trendCost(Float64Array.of(0, 1, 2, 9)).error(0, 3); // 0
 */
export function trendCost(values: Float64Array): Cost {
  const sums = prefixSums(values.length, (i) => values[i]);
  const squares = prefixSums(values.length, (i) => values[i] * values[i]);
  const moments = prefixSums(values.length, (i) => i * values[i]);
  const error = (start: number, end: number): number => {
    const [m, sum] = [end - start, sums[end] - sums[start]];
    if (m < 2) return 0;
    const moment = moments[end] - moments[start] - (start + (m - 1) / 2) * sum;
    const spread = (m * (m * m - 1)) / 12;
    return Math.max(0, squares[end] - squares[start] - (sum * sum) / m - (moment * moment) / spread);
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
