import { determined, undetermined } from './determined.ts';
import type { Determined } from './types.ts';

/** What float32 activations tell of a singular value, as a share of the largest: smaller movements are rounding. */
const ROUNDING = 1e-7;
/** Singular values below this share of the largest are mostly rounding, and left out. */
const LEAST_SHARE = 1e-5;

/**
 * How fast singular values move, each counting alike: the mean over them of the natural logarithm of |σₖ′ − σₖ| / σₖ. Where
 * `spectralVelocity` is that of the largest values, this one tells what all of them do, and since their logarithms are averaged it differs
 * far less from one measurement to the next.
 *
 * A movement below 10⁻⁷ of the largest singular value counts as that much: of a layer at rest nobody knows how slow it is, but that it is
 * at least so slow. The two states must lie at one distance in time wherever values are compared.
 *
 * @param before singular values, descending.
 * @param after as many.
 * @returns the mean logarithm, or why there is none.
 * @example
 * singularValueVelocity(Float64Array.of(4, 2), Float64Array.of(4.4, 2.2)); // log(0.1) = −2.30
 */
export function singularValueVelocity(before: Float64Array, after: Float64Array): Determined {
  if (before.length !== after.length || before.length === 0) {
    return undetermined('a spectrum is missing');
  }
  const [largest] = before;
  if (!(largest > 0)) return undetermined('all singular values were 0 before');
  let [sum, count] = [0, 0];
  for (let k = 0; k < before.length; k++) {
    const share = before[k] / largest;
    if (Math.max(share, after[k] / largest) < LEAST_SHARE) continue;
    sum += Math.log(Math.max(Math.abs(after[k] / largest - share), ROUNDING) / Math.max(share, LEAST_SHARE));
    count++;
  }
  return Number.isFinite(sum) ? determined(sum / count) : undetermined('a singular value is not finite');
}
