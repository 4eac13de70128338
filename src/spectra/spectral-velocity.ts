import { determined, undetermined } from './determined.ts';
import type { Determined } from './types.ts';

/**
 * How fast a spectrum moves: the natural logarithm of the relative distance between two of its states, log(‖σ − σ₀‖ / ‖σ₀‖),
 * Euclidean over the singular values in descending order. −2.3 is a movement by a tenth. It sees a rotation of no
 * singular value, and a change of scale as a movement.
 *
 * The two states must lie at one distance in time wherever values are compared: a spectrum that drifts steadily moves ten
 * times as far over ten times the steps.
 *
 * @param before singular values, descending.
 * @param after as many.
 * @returns the logarithm, or why there is none: no movement is a reason, not −∞.
 * @example
 * spectralVelocity(Float64Array.of(3, 4), Float64Array.of(3, 4.5)); // log(0.1) = −2.30
 */
export function spectralVelocity(before: Float64Array, after: Float64Array): Determined {
  if (before.length !== after.length || before.length === 0) {
    return undetermined('a spectrum is missing');
  }
  // Scaled, so that squares of very large or very small values neither overflow nor vanish.
  const scale = Math.max(before[0], after[0]);
  if (!Number.isFinite(scale)) return undetermined('a singular value is not finite');
  let [moved, size] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    moved += ((after[i] - before[i]) / scale) ** 2;
    size += (before[i] / scale) ** 2;
  }
  if (!(size > 0)) return undetermined('all singular values were 0 before');
  if (!(moved > 0)) return undetermined('no movement');
  return determined(Math.log(moved / size) / 2);
}
