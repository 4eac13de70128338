import { logRemainder } from './series-remainders.ts';

/**
 * a·ln(m/a) − (m − a): the exponent by which a Poisson count of a becomes less likely as its mean m moves away from a;
 * at most 0. Exact near m = a too, where its parts are huge and cancel.
 *
 * @param ratio m/a.
 * @param difference m − a, given apart because it is often known to more digits than m.
 */
export function poissonExponent(a: number, ratio: number, difference: number): number {
  const share = difference / a;
  return Math.abs(share) < 0.5 ? a * logRemainder(share) : a * Math.log(ratio) - difference;
}
