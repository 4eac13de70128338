/**
 * At each measurement t the mean of the `width` values after it less the mean of the `width` values up to it: what a step between
 * t and t + 1 would add.
 *
 * @param values NaN where there is none; a mean needs at least half of its values.
 * @param width at least 1.
 * @returns as many numbers as values; NaN where a side is not complete.
 * @example
 * contrasts(Float64Array.of(0, 0, 1, 1), 2); // [NaN, 1, NaN, NaN]
 */
export function contrasts(values: Float64Array, width: number): Float64Array {
  const n = values.length;
  const result = new Float64Array(n).fill(Number.NaN);
  if (n < 2 * width) return result;
  // Centered, so that prefix sums of a level far from 0 do not eat the digits of its differences.
  const center = values.find((value) => !Number.isNaN(value)) ?? 0;
  const sums = new Float64Array(n + 1);
  const counts = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    const known = !Number.isNaN(values[i]);
    sums[i + 1] = sums[i] + (known ? values[i] - center : 0);
    counts[i + 1] = counts[i] + (known ? 1 : 0);
  }
  for (let t = width - 1; t < n - width; t++) {
    const before = counts[t + 1] - counts[t + 1 - width];
    const after = counts[t + 1 + width] - counts[t + 1];
    if (2 * Math.min(before, after) < width) continue;
    result[t] = (sums[t + 1 + width] - sums[t + 1]) / after - (sums[t + 1] - sums[t + 1 - width]) / before;
  }
  return result;
}
