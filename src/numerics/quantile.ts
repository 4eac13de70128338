/**
 * The p-quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996; the default of
 * NumPy and R).
 *
 * @param values at least one, none NaN, in any order.
 * @param p 0 to 1.
 * @example
 * quantile([1, 2, 3, 4], 0.9); // 3.7
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileSorted(Float64Array.from(values).sort(), p);
}

/** `quantile` of values that are already ascending. */
export function quantileSorted(ascending: Float64Array, p: number): number {
  if (ascending.length === 0) throw new RangeError('a quantile of no values is not defined');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile p is ${p}; allowed: 0 to 1`);
  const position = p * (ascending.length - 1);
  const below = Math.floor(position);
  const share = position - below;
  const low = ascending[below];
  if (share === 0) return low;
  const high = ascending[below + 1];
  // Interpolating from the nearer end keeps the result monotone in p, and is what NumPy does.
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/**
 * Median absolute deviation from the median, unscaled; multiply by `MAD_TO_SD` to estimate a normal standard
 * deviation.
 */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const center = median(values);
  return median(Float64Array.from(values, (value) => Math.abs(value - center)));
}

/** 1 / Φ⁻¹(3/4): the standard deviation of a normal variable in units of its median absolute deviation. */
export const MAD_TO_SD = 1.482602218505602;
