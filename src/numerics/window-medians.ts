import { SlidingOrder } from './sliding-order.ts';

/** So many values that come and go are merged with a window in one pass, which takes less time than one after another. */
const FEWEST_AT_ONCE = 3;
const MOST_AT_ONCE = 32;

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
  const order = new SlidingOrder(width);
  const leaving = new Float64Array(MOST_AT_ONCE);
  const entering = new Float64Array(MOST_AT_ONCE);
  // The window holds the values from `first` up to, not including, `end`.
  let first = 0;
  let end = 0;
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k];
    if (!(start >= first && start + width <= n)) {
      throw new RangeError(`window start is ${start}; allowed: ascending, at most ${n - width}`);
    }
    if (start >= end) {
      order.clear();
      first = end = start;
    }
    for (; end < first + width; end++) order.add(values[end]);
    const count = start - first;
    if (count >= FEWEST_AT_ONCE && count <= MOST_AT_ONCE) {
      sortedInto(leaving, values, first, count);
      sortedInto(entering, values, end, count);
      order.replaceMany(leaving, entering, count);
      first = start;
      end += count;
    }
    for (; first < start; first++, end++) order.replace(values[first], values[end]);
    medians[k] = order.median();
  }
  return medians;
}

/** Begins an array with `count` values from `from` on, in ascending order. */
function sortedInto(into: Float64Array, values: Float64Array, from: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const value = values[from + i];
    let at = i;
    for (; at > 0 && into[at - 1] > value; at--) into[at] = into[at - 1];
    into[at] = value;
  }
}
