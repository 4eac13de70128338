import { selectKth } from './select.ts';

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
  return quantileOfScratch(new Float64Array(values), p);
}

/** `quantile` of values that nobody needs in their order any more. @param values reordered. */
export function quantileOfScratch(values: Float64Array, p: number): number {
  const { below, share } = positionOf(p, values.length);
  const low = selectKth(values, below);
  if (share === 0) return low;
  let high = values[below + 1];
  for (let i = below + 2; i < values.length; i++) if (values[i] < high) high = values[i];
  return between(low, high, share);
}

/** `quantile` of values that are already ascending. @param count how many they are, where the array goes on. */
export function quantileSorted(ascending: Float64Array, p: number, count = ascending.length): number {
  const { below, share } = positionOf(p, count);
  const low = ascending[below];
  return share === 0 ? low : between(low, ascending[below + 1], share);
}

/** Between which two of `count` ascending values the quantile lies. */
function positionOf(p: number, count: number): { readonly below: number; readonly share: number } {
  if (count === 0) throw new RangeError('a quantile of no values is not defined');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile p is ${p}; allowed: 0 to 1`);
  const position = p * (count - 1);
  const below = Math.floor(position);
  return { below, share: position - below };
}

/** Interpolating from the nearer end keeps a quantile monotone in p, and is what NumPy does. */
function between(low: number, high: number, share: number): number {
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
  const distances = new Float64Array(values);
  const center = quantileOfScratch(distances, 0.5);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.abs(distances[i] - center);
  return quantileOfScratch(distances, 0.5);
}

/** 1 / Φ⁻¹(3/4): the standard deviation of a normal variable in units of its median absolute deviation. */
export const MAD_TO_SD = 1.482602218505602;
