/**
 * The running median: the median of each value and its neighbours, the window cut off at the ends.
 *
 * @param values any finite numbers, length n.
 * @param width full width of the window in points, odd, at least 1.
 * @returns length n; an even count (near the ends) takes the mean of the middle two.
 * @example
 * runningMedian(Float64Array.of(1, 9, 2, 3), 3); // 5, 2, 3, 2.5
 */
export function runningMedian(values: Float64Array, width: number): Float64Array {
  if (!(Number.isInteger(width) && width >= 1 && width % 2 === 1)) {
    throw new RangeError(`running median width is ${width}; allowed: an odd integer of at least 1`);
  }
  const n = values.length;
  const half = (width - 1) / 2;
  const medians = new Float64Array(n);
  const sorted: number[] = [];
  for (let i = 0; i < Math.min(half, n); i++) sorted.splice(insertionPoint(sorted, values[i]), 0, values[i]);
  for (let i = 0; i < n; i++) {
    const entering = i + half;
    if (entering < n) sorted.splice(insertionPoint(sorted, values[entering]), 0, values[entering]);
    const leaving = i - half - 1;
    if (leaving >= 0) sorted.splice(insertionPoint(sorted, values[leaving]), 1);
    const middle = sorted.length >> 1;
    medians[i] = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  return medians;
}

/** Where `value` stands, or would be inserted, in ascending numbers: the first place whose entry is not below it. */
function insertionPoint(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
