import { MAD_TO_SD } from '../../../numerics/quantile.ts';
import { runningMedian } from '../../../numerics/running-median.ts';
import { type NoiseModel, whiten } from './noise-model.ts';

/** Places that the noise at one of them rests on: more than twice what a transition takes. */
const PLACES = 121;
/** Variance of a second difference over that of its independent terms: 1 + 4 + 1. */
const SECOND_DIFFERENCE = 6;

/**
 * Standard deviation of the innovations around each measurement, as neither a trend nor a transition moves it: a running
 * median of second differences.
 *
 * @param floor below it lies rounding.
 */
export function quietNoise(values: Float64Array, noise: NoiseModel, floor: number): Float64Array {
  const innovations = whiten(values.slice(), noise);
  // The first ones have variances of their own.
  const from = noise.wandering ? 2 : 1;
  const bends = new Float64Array(Math.max(0, values.length - from - 2));
  for (let s = 0; s < bends.length; s++) {
    const at = from + s;
    bends[s] = Math.abs(innovations[at + 2] - 2 * innovations[at + 1] + innovations[at]);
  }
  const medians = runningMedian(bends, PLACES);
  return values.map((_, s) => {
    const at = Math.min(Math.max(s - from - 1, 0), medians.length - 1);
    return Math.max((MAD_TO_SD * medians[at]) / Math.sqrt(SECOND_DIFFERENCE), floor);
  });
}
