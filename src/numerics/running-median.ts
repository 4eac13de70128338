import { SlidingOrder } from './sliding-order.ts';

/**
 * Median over a window centered on each value. At the ends the part of the window that exists is used, so that no
 * median rests on fewer than half the window's values.
 *
 * @param values none NaN.
 * @param window odd number of values, at least 1.
 * @returns one median per value.
 * @example
 * runningMedian([0, 0, 9, 0, 0], 3); // 0, 0, 0, 0, 0
 */
export function runningMedian(values: ArrayLike<number>, window: number): Float64Array {
  if (!(Number.isInteger(window) && window >= 1 && window % 2 === 1)) {
    throw new RangeError(`window is ${window}; allowed: an odd whole number of at least 1`);
  }
  const n = values.length;
  const half = (window - 1) / 2;
  const result = new Float64Array(n);
  const order = new SlidingOrder(Math.min(window, n));
  for (let i = 0; i < Math.min(half, n); i++) order.add(values[i]);
  for (let i = 0; i < n; i++) {
    const leaving = i - half - 1;
    const entering = i + half;
    if (leaving >= 0 && entering < n) order.replace(values[leaving], values[entering]);
    else if (entering < n) order.add(values[entering]);
    else if (leaving >= 0) order.remove(values[leaving]);
    result[i] = order.median();
  }
  return result;
}
