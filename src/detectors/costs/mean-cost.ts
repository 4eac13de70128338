import { prefixSums } from './prefix-sums.ts';
import type { LevelCost } from './types.ts';

/**
 * Squared deviations from the segment's mean: for noise of a known variance, in whose units the values are given.
 *
 * @example
 * meanCost(Float64Array.of(0, 0, 3, 3)).error(1, 4); // 6
 */
export function meanCost(values: Float64Array): LevelCost {
  const sums = prefixSums(values.length, (i) => values[i]);
  const squares = prefixSums(values.length, (i) => values[i] * values[i]);
  const error = (start: number, end: number): number => {
    const sum = sums[end] - sums[start];
    return Math.max(0, squares[end] - squares[start] - (sum * sum) / (end - start));
  };
  // A table of reciprocals: division is what the loop below would otherwise spend its time on.
  const reciprocals = Float64Array.from({ length: values.length + 1 }, (_, m) => 1 / m);
  const errorsUntil: LevelCost['errorsUntil'] = (starts, count, end, into) => {
    const [sumsEnd, squaresEnd] = [sums[end], squares[end]];
    for (let i = 0; i < count; i++) {
      const start = starts[i];
      const sum = sumsEnd - sums[start];
      into[i] = squaresEnd - squares[start] - sum * sum * reciprocals[end - start];
    }
  };
  return {
    length: values.length,
    parameters: 1,
    minSize: 1,
    error,
    errorsUntil,
    level: (start, end) => (sums[end] - sums[start]) / (end - start),
  };
}
