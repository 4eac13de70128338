/**
 * Sums before each position, in two parts whose sum has twice the digits: with one part alone, a step of 1e12 would
 * leave rounding errors in all later sums that look like movement.
 */
export interface RangeSums {
  /** Length n + 1, first entry 0. */
  readonly high: Float64Array;
  /** What `high` has lost to rounding. */
  readonly low: Float64Array;
}

export function rangeSums(values: Float64Array): RangeSums {
  const n = values.length;
  const high = new Float64Array(n + 1);
  const low = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const sum = high[i] + values[i];
    // Two-sum (Knuth): exactly what the addition rounded off.
    const added = sum - high[i];
    low[i + 1] = low[i] + (high[i] - (sum - added)) + (values[i] - added);
    high[i + 1] = sum;
  }
  return { high, low };
}

/** Mean of the values at start … end − 1. */
export function rangeMean({ high, low }: RangeSums, start: number, end: number): number {
  return (high[end] - high[start] + (low[end] - low[start])) / (end - start);
}

/**
 * The sum of the values at place … end − 1, less that at first … place − 1. Nothing is lost where they nearly cancel: of
 * wide windows of a curve that lies far from 0, rounding would otherwise look like movement.
 */
export function sumDifference({ high, low }: RangeSums, first: number, place: number, end: number): number {
  const after = high[end] - high[place];
  const before = high[place] - high[first];
  const difference = after - before;
  const lost =
    roundedOff(high[end], high[place], after) -
    roundedOff(high[place], high[first], before) +
    roundedOff(after, before, difference);
  return difference + (lost + (low[end] - 2 * low[place] + low[first]));
}

/** What the difference a − b has lost to rounding, exactly (two-sum). */
function roundedOff(a: number, b: number, difference: number): number {
  const subtracted = a - difference;
  return a - (difference + subtracted) + (subtracted - b);
}
