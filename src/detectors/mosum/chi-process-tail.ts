import { invertIncreasing } from '../../numerics/invert-increasing.ts';

/**
 * How fast the statistic decorrelates, on average over jump and bend. Over a shift of h bandwidths the correlations
 * fall as 1 − (9/2)·h and 1 − (3/2)·h: half the summed squares of each filter's jumps, over its squared norm
 * (72/2 over 8 and over 24).
 */
const CROSSING_RATE = 3;

/**
 * Chance that √(chi-squared with 2 degrees of freedom), as it moves along the series, anywhere exceeds `height`:
 * Pickands' tail of the Gaussian process to which jump and bend converge, T windows long,
 * 1 − exp(−(1 + 3·T·u²)·exp(−u²/2)). Kim, Oh & Cho (arXiv 2208.04900) take its further limit, the Gumbel law,
 * which it approaches slowly and from below.
 *
 * @param height above √2.
 * @param windows length of the path in bandwidths.
 */
export function chiProcessTail(height: number, windows: number): number {
  const square = height * height;
  return -Math.expm1(-(1 + CROSSING_RATE * windows * square) * Math.exp(-square / 2));
}

/** The height that the process exceeds with this probability. */
export function chiProcessQuantile(probability: number, windows: number): number {
  return invertIncreasing((u) => -chiProcessTail(u, windows), -probability, Math.SQRT2, 50);
}
