/**
 * Each value's mean with its neighbors, as many on either side; fewer, but still as many on either side, near the ends, so that these stay
 * where they are and nothing is drawn from one side alone. What is NaN stays so, and is left out of the others' means.
 *
 * @param width over how many values, odd; 1 changes nothing.
 * @example
 * centredMean(Float32Array.of(0, 3, 6, 0), 3); // 0, 3, 3, 0
 */
export function centredMean(values: Float32Array, width: number): Float32Array {
  const n = values.length;
  const half = Math.floor((width - 1) / 2);
  const sums = new Float64Array(n + 1);
  const counts = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const isKnown = Number.isFinite(values[i]);
    sums[i + 1] = sums[i] + (isKnown ? values[i] : 0);
    counts[i + 1] = counts[i] + (isKnown ? 1 : 0);
  }
  return values.map((value, i) => {
    const reach = Math.min(half, i, n - 1 - i);
    if (reach <= 0 || !Number.isFinite(value)) return value;
    const [start, end] = [i - reach, i + reach + 1];
    return (sums[end] - sums[start]) / (counts[end] - counts[start]);
  });
}
