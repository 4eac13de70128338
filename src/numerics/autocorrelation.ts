/** Sums of squares below this are of numbers that float64 has with fewer digits: 52 bits above the least with all of them. */
const leastSum = 2 ** -970;

/**
 * Sample autocorrelations at lags 0 … maxLag, with the usual divisor n at every lag, so that the sequence is
 * positive definite (Brockwell & Davis, Time Series: Theory and Methods, 2nd ed., § 7.2).
 *
 * @param values length n > maxLag.
 * @returns length maxLag + 1, first entry 1; null where the values do not vary, or so little (below 1e-146) that their squares lose digits.
 * @example
 * autocorrelations(Float64Array.of(1, -1, 1, -1), 1); // 1, -0.75
 */
export function autocorrelations(values: Float64Array, maxLag: number): Float64Array | null {
  const n = values.length;
  if (!(Number.isInteger(maxLag) && maxLag >= 0 && maxLag < n)) {
    throw new RangeError(`maxLag is ${maxLag}; allowed: an integer from 0 to ${n - 1}`);
  }
  let mean = 0;
  for (const value of values) mean += value / n;
  const products = new Float64Array(maxLag + 1);
  for (let lag = 0; lag <= maxLag; lag++) {
    for (let i = lag; i < n; i++) products[lag] += (values[i] - mean) * (values[i - lag] - mean);
  }
  if (!(products[0] >= leastSum)) return null;
  return products.map((product) => product / products[0]);
}
