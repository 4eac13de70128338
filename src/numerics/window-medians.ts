/**
 * Medians of windows of one width that move to the right. The window is kept sorted; a value that leaves and the one
 * that enters move only what lies between them.
 *
 * @param values none NaN.
 * @param width whole number, 1 to the number of values.
 * @param starts first position of each window, ascending, at most `values.length − width`.
 * @returns one median per window; the mean of the two middle values for an even width.
 * @example
 * windowMedians(Float64Array.of(1, 5, 2, 9), 3, [0, 1]); // 2, 5
 */
export function windowMedians(values: Float64Array, width: number, starts: ArrayLike<number>): Float64Array {
  const n = values.length;
  if (!(Number.isInteger(width) && width >= 1 && width <= n)) {
    throw new RangeError(`width is ${width}; allowed: a whole number from 1 to ${n}`);
  }
  const medians = new Float64Array(starts.length);
  const upper = width >> 1;
  const lower = (width - 1) >> 1;
  let first = 0;
  let sorted = values.slice(0, width).sort();
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k];
    if (!(start >= first && start + width <= n)) {
      throw new RangeError(`window start is ${start}; allowed: ascending, at most ${n - width}`);
    }
    if (start >= first + width) {
      first = start;
      sorted = values.slice(first, first + width).sort();
    }
    for (; first < start; first++) replace(sorted, values[first], values[first + width]);
    medians[k] = lower === upper ? sorted[upper] : (sorted[lower] + sorted[upper]) / 2;
  }
  return medians;
}

/** Takes one value out of a sorted array and puts another in. */
function replace(sorted: Float64Array, out: number, into: number): void {
  let at = lowerBound(sorted, out);
  if (into > out) {
    for (const last = sorted.length - 1; at < last && sorted[at + 1] < into; at++)
      sorted[at] = sorted[at + 1];
  } else {
    for (; at > 0 && sorted[at - 1] > into; at--) sorted[at] = sorted[at - 1];
  }
  sorted[at] = into;
}

/** Position of the first value that is not below `value`. */
function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (ascending[half] < value) low = half + 1;
    else high = half;
  }
  return low;
}
