import { invertIncreasing } from './invert-increasing.ts';
import { gammaTails } from './special-functions/incomplete-gamma.ts';

/** Φ(x), the standard normal distribution function; relative accuracy holds in the lower tail. */
export function normalCdf(x: number): number {
  const { lower, upper } = gammaTails(0.5, (x * x) / 2);
  return x < 0 ? upper / 2 : (1 + lower) / 2;
}

/**
 * Φ⁻¹(p).
 *
 * @param p strictly between 0 and 1.
 * @example
 * normalQuantile(0.975); // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normal quantile p is ${p}; allowed: strictly between 0 and 1`);
  // Solved in the lower tail, where Φ keeps its relative accuracy.
  return p <= 0.5 ? invertIncreasing(normalCdf, p, -40, 0) : -invertIncreasing(normalCdf, 1 - p, -40, 0);
}
