import { regularizedBeta } from './incomplete-beta.ts';
import { invertIncreasing } from './invert-increasing.ts';

/** Distribution function of Student's t; relative accuracy holds in the lower tail. */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0))
    throw new RangeError(`degrees of freedom are ${degreesOfFreedom}; allowed: above 0`);
  const [half, square] = [degreesOfFreedom / 2, t * t];
  // Each form keeps its digits where the argument of the other rounds to 1.
  const tail =
    square < 1
      ? 0.5 - regularizedBeta(square / (degreesOfFreedom + square), 0.5, half) / 2
      : regularizedBeta(degreesOfFreedom / (degreesOfFreedom + square), half, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * The p-quantile of Student's t.
 *
 * @param p strictly between 0 and 1.
 * @example
 * studentTQuantile(0.975, 10); // 2.2281388519649385
 */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p > 0 && p < 1))
    throw new RangeError(`Student t quantile p is ${p}; allowed: strictly between 0 and 1`);
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, degreesOfFreedom);
  let low = -1;
  while (studentTCdf(low, degreesOfFreedom) > p) low *= 2;
  return invertIncreasing((t) => studentTCdf(t, degreesOfFreedom), p, low, 0);
}
