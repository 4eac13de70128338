/** Memories of the jitter that are told apart: AR(1) coefficients. What remembers longer is movement, not noise. */
export const MEMORIES: readonly number[] = Array.from({ length: 35 }, (_, k) => k / 40);

/** Variance of the difference of adjacent means of h values of AR(1) noise of variance 1. */
export function firstDifferenceVariance(h: number, phi: number): number {
  return (2 * sumVariance(h, phi) - 2 * neighborCovariance(h, phi)) / (h * h);
}

/** The same of the second difference: mean, less twice the next, plus the one after that. */
export function secondDifferenceVariance(h: number, phi: number): number {
  const neighbors = neighborCovariance(h, phi);
  return (6 * sumVariance(h, phi) - 8 * neighbors + 2 * phi ** h * neighbors) / (h * h);
}

/** Variance of the sum of h neighboring values. */
function sumVariance(h: number, phi: number): number {
  return (h * (1 + phi)) / (1 - phi) - (2 * phi * (1 - phi ** h)) / (1 - phi) ** 2;
}

/** Covariance of the sums of h values and of the h after them; those h further on have φ^h of it. */
function neighborCovariance(h: number, phi: number): number {
  return phi * ((1 - phi ** h) / (1 - phi)) ** 2;
}

/** Variance of the mean of `count` neighboring values. */
export function meanVariance(count: number, phi: number): number {
  return sumVariance(count, phi) / (count * count);
}
