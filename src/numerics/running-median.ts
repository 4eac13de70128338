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
  // The window is kept sorted: one value leaves and one enters per step.
  const sorted = new Float64Array(Math.min(window, n));
  let size = 0;
  const insert = (value: number): void => {
    let at = size++;
    for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
    sorted[at] = value;
  };
  const remove = (value: number): void => {
    let at = 0;
    while (sorted[at] !== value) at++;
    for (size--; at < size; at++) sorted[at] = sorted[at + 1];
  };
  for (let i = 0; i < Math.min(half, n); i++) insert(values[i]);
  for (let i = 0; i < n; i++) {
    if (i > half) remove(values[i - half - 1]);
    if (i + half < n) insert(values[i + half]);
    const middle = size >> 1;
    result[i] = size % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  return result;
}
