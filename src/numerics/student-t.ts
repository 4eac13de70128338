import { invertIncreasing } from './invert-increasing.ts';
import { betaTails } from './special-functions/incomplete-beta.ts';

/** Squares beyond it leave float64. */
const LARGEST = 1e150;

/**
 * Distribution function of Student's t. In the lower tail it is right to 1e-12 of itself, down to the smallest normal
 * float64; above 0 use the symmetry where the distance from 1 matters.
 *
 * @param degreesOfFreedom above 0.
 * @throws RangeError also where t is finite and so large that its square is not.
 * @example
 * studentTCdf(-2.228, 10); // 0.025
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0))
    throw new RangeError(`degrees of freedom are ${degreesOfFreedom}; allowed: above 0`);
  const ratio = Math.abs(t) / Math.sqrt(degreesOfFreedom);
  if (!(ratio <= LARGEST || ratio === Number.POSITIVE_INFINITY))
    throw new RangeError(`t is ${t}; allowed: up to ${LARGEST} times the root of the degrees of freedom`);
  // Both shares are given: each is known to full accuracy where the other rounds to 1.
  const [share, rest] = [1 / (1 + ratio * ratio), 1 / (1 + 1 / (ratio * ratio))];
  const tail = betaTails(share, degreesOfFreedom / 2, 0.5, rest).lower / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * The p-quantile of Student's t.
 *
 * @param p strictly between 0 and 1.
 * @example
 * studentTQuantile(0.975, 10); // 2.228138851986274
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
