import { SlidingOrder } from '../../numerics/sliding-order.ts';
import { type NoiseModel, whiten } from './noise-model.ts';
import type { Scan } from './scan.ts';

/** Places that the noise at one of them rests on: more than twice what a transition takes. */
const PLACES = 121;
/** A share of them that no slow transition reaches: less than half may be quiet. */
const QUIETEST = 0.3;
/** The normal distribution's quantile of sizes at that share, Φ⁻¹(0.65). */
const NORMAL_SIZE = 0.3853204664075676;
/** Variance of a second difference over that of its independent terms: 1 + 4 + 1. */
const SECOND_DIFFERENCE = 6;

/** Standard deviation of the innovations around a measurement. */
export type QuietNoise = (index: number) => number;

/** Share of quiet variance that a change leaves of a window at least, for all that noise may be uneven. */
const LEAST_LEFT = 0.5;
/** In units of quiet noise: no wandering of a testable kind makes such transitions. */
const UNMISTAKABLE = 15;
/** Peaks below this share too little of their window to be looked at twice. */
export const LOWEST_PEAK = 3;

/**
 * Whether a transition stands so far out of the noise around it that no wandering makes it. Its scanned peak may be low all
 * the same: where a transition is large, its misfit with the nearest width that is scanned passes for noise.
 */
export function unmistakable(
  best: { readonly start: number; readonly gained: number },
  quiet: QuietNoise,
): boolean {
  return Math.sqrt(best.gained) >= UNMISTAKABLE * quiet(best.start);
}

/** Whether what the cubic leaves of the window around a place is enough for an unmistakable transition; most are not. */
export function roomForUnmistakable({ unexplained, probe }: Scan, t: number, quiet: QuietNoise): boolean {
  return unexplained[t] >= (UNMISTAKABLE ** 2 + LEAST_LEFT * probe.window.degreesOfFreedom) * quiet(t) ** 2;
}

/**
 * The noise as neither a trend nor a transition moves it: from the smaller second differences around a measurement.
 *
 * @param floor below it lies rounding.
 */
export function quietNoise(values: Float64Array, noise: NoiseModel, floor: number): QuietNoise {
  let known: Float64Array | null = null;
  return (index) => {
    known ??= quietSizes(secondDifferences(values, noise));
    const size = known[Math.min(Math.max(0, index - (PLACES >> 1)), known.length - 1)];
    return Math.max(size / NORMAL_SIZE / Math.sqrt(SECOND_DIFFERENCE), floor);
  };
}

/** The size that the quietest share of the places stays below, in each window of `PLACES` of them: one for every start of a window. */
function quietSizes(bends: Float64Array): Float64Array {
  const width = Math.min(PLACES, bends.length);
  const window = new SlidingOrder(width);
  for (let s = 0; s < width; s++) window.add(bends[s]);
  const sizes = new Float64Array(bends.length - width + 1);
  for (let start = 0; start < sizes.length; start++) {
    if (start > 0) window.replace(bends[start - 1], bends[start + width - 1]);
    sizes[start] = window.quantile(QUIETEST);
  }
  return sizes;
}

/** Of the innovations, without sign; the first ones, which have variances of their own, are left out. */
function secondDifferences(values: Float64Array, noise: NoiseModel): Float64Array {
  const innovations = whiten(values.slice(), noise);
  const from = noise.wandering ? 2 : 1;
  const bends = new Float64Array(values.length - from - 2);
  for (let s = 0; s < bends.length; s++) {
    const at = from + s;
    bends[s] = Math.abs(innovations[at + 2] - 2 * innovations[at + 1] + innovations[at]);
  }
  return bends;
}
