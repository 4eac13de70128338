import { prefixSums } from './prefix-sums.ts';
import type { Cost } from './types.ts';

/**
 * Squared deviations from the segment's least-squares line: for noise of a known variance, in whose units the values are
 * given.
 *
 * @param positions where the values lie on the axis of the line, strictly increasing; by default at equal distances.
 * @example
 * trendCost(Float64Array.of(0, 1, 2, 9)).error(0, 3); // 0
 */
export function trendCost(values: Float64Array, positions?: Float64Array): Cost {
  const n = values.length;
  const spread = positions === undefined ? evenSpread() : spreadOf(positions);
  const at = positions === undefined ? (i: number) => i : (i: number) => positions[i];
  const sums = prefixSums(n, (i) => values[i]);
  const squares = prefixSums(n, (i) => values[i] * values[i]);
  const moments = prefixSums(n, (i) => at(i) * values[i]);
  const error = (start: number, end: number): number => {
    const [m, sum] = [end - start, sums[end] - sums[start]];
    if (m < 2) return 0;
    const { center, square } = spread(start, end);
    const moment = moments[end] - moments[start] - center * sum;
    return Math.max(0, squares[end] - squares[start] - (sum * sum) / m - (moment * moment) / square);
  };
  return {
    length: n,
    parameters: 2,
    minSize: 2,
    error,
    errorsUntil: (starts, count, end, into) => {
      for (let i = 0; i < count; i++) into[i] = error(starts[i], end);
    },
  };
}

/** Mean of the positions start … end − 1, and their squared deviations from it. */
type Spread = (start: number, end: number) => { readonly center: number; readonly square: number };

function evenSpread(): Spread {
  return (start, end) => {
    const m = end - start;
    return { center: start + (m - 1) / 2, square: (m * (m * m - 1)) / 12 };
  };
}

/**
 * Sums of squares of positions lose digits far from their origin: what is lost may not pass for spread, so that no two
 * positions count as closer than they are.
 */
function spreadOf(positions: Float64Array): Spread {
  const n = positions.length;
  const sums = prefixSums(n, (i) => positions[i]);
  const squares = prefixSums(n, (i) => positions[i] * positions[i]);
  return (start, end) => {
    const m = end - start;
    const sum = sums[end] - sums[start];
    const range = positions[end - 1] - positions[start];
    // Of points in a range, at least the outermost two deviate.
    const square = Math.max(squares[end] - squares[start] - (sum * sum) / m, (range * range) / 2);
    return { center: sum / m, square };
  };
}
