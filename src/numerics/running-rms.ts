/**
 * The root mean square of each value and its neighbors, the window cut off at the ends.
 *
 * @param halfWidth the window is 2·halfWidth + 1 points.
 * @returns length n.
 * @example
 * runningRms(Float64Array.of(3, 4, 0), 1); // √12.5, √(25/3), √8
 */
export function runningRms(values: Float64Array, halfWidth: number): Float64Array {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) sums[t + 1] = sums[t] + values[t] * values[t];
  const rms = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    const from = Math.max(0, t - halfWidth);
    const to = Math.min(n, t + halfWidth + 1);
    rms[t] = Math.sqrt((sums[to] - sums[from]) / (to - from));
  }
  return rms;
}
