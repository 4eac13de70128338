/**
 * The nondecreasing values nearest to the given ones in least squares: pool adjacent violators (Ayer et al. 1955).
 *
 * @returns one value per value given.
 * @example
 * monotoneRegression(Float64Array.of(1, 3, 2, 4)); // 1, 2.5, 2.5, 4
 */
export function monotoneRegression(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const means = new Float64Array(n);
  const ends = new Int32Array(n);
  let blocks = 0;
  for (let i = 0; i < n; i++) {
    let mean = values[i];
    let count = 1;
    while (blocks > 0 && means[blocks - 1] >= mean) {
      blocks--;
      const merged = ends[blocks] - (blocks > 0 ? ends[blocks - 1] : 0);
      mean += ((means[blocks] - mean) * merged) / (merged + count);
      count += merged;
    }
    means[blocks] = mean;
    ends[blocks++] = i + 1;
  }
  const fitted = new Float64Array(n);
  for (let k = 0, from = 0; k < blocks; from = ends[k++]) fitted.fill(means[k], from, ends[k]);
  return fitted;
}
