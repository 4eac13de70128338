/**
 * Percentile by linear interpolation between order statistics, rounded as `numpy.percentile` rounds it.
 *
 * @param values at least one number, none NaN; left as they are.
 * @param percent 0 to 100.
 * Source: Hyndman & Fan 1996, definition 7.
 */
export function percentile(values: Float64Array, percent: number): number {
  const sorted = values.toSorted();
  const position = (sorted.length - 1) * (percent / 100);
  const below = Math.floor(position);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  const share = position - below;
  // NumPy interpolates from the nearer end, which decides the last bit.
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}
