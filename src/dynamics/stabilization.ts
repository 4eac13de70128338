import { mean } from '../numerics/moments.ts';
import { normalQuantile } from '../numerics/normal-distribution.ts';
import { median } from '../numerics/quantile.ts';
import { runningMedian } from '../numerics/running-median.ts';
import { latticeOf } from './detectors/local-cubic/lattice.ts';
import { determinedPoints } from './determined-points.ts';
import { estimateNoise, fluctuation } from './noise.ts';
import type { Series } from './types.ts';

export interface StabilizationOptions {
  /** Half-width of the band around the final level, as a share of the series' total change. Default 0.1. */
  readonly bandShare?: number;
  /** Measurements per running median, odd. Default 9. */
  readonly smoothing?: number;
  /** The last share of the measurements, whose median is the final level. Default 0.1. */
  readonly finalShare?: number;
  /** Shortest share of the measurements that must lie in the band. Default 0.2. */
  readonly shortestStretch?: number;
}

/** The figures that a verdict on stabilization rests on. */
export interface StabilizationFigures {
  /** Median of the last measurements. */
  readonly finalLevel: number;
  /** Largest distance of the smoothed series from the final level. */
  readonly totalChange: number;
  /** Half-width of the band around the final level at the end of training; it is wider where the noise is. */
  readonly band: number;
  /** How far noise alone carries the smoothed series from the final level, judged at the end of training. */
  readonly noiseFloor: number;
}

/** From when on a series stays near its final level, or why there is no such time. */
export type Stabilization =
  | ({
      readonly status: 'stabilized';
      /** The first measured training step from which the smoothed series stays in the band. */
      readonly step: number;
      /** Index of that measurement in the series as given. */
      readonly index: number;
      readonly dropped: number;
    } & StabilizationFigures)
  | ({
      readonly status: 'constant' | 'moving';
      readonly reason: string;
      readonly dropped: number;
    } & StabilizationFigures)
  | { readonly status: 'undetermined'; readonly reason: string; readonly dropped: number };

const FEWEST_POINTS = 20;

/**
 * The first measured step from which a series stays within a band around its final level for the rest of training.
 *
 * The band is a stated share of the series' own total change and never narrower than its noise. A series whose change
 * stays within its noise is `constant`: there is nothing to stabilize. A series that is in the band only for a short
 * last stretch, or that drifts by more than the band within it, is still `moving`. Points without a value are left
 * out and counted in `dropped`.
 *
 * @throws RangeError for an option out of range.
 * @example
 * const s = stabilization({ steps, values });
 * if (s.status === 'stabilized') console.log(s.step);
 */
export function stabilization(series: Series, options: StabilizationOptions = {}): Stabilization {
  const { bandShare = 0.1, smoothing = 9, finalShare = 0.1, shortestStretch = 0.2 } = options;
  for (const [name, share] of Object.entries({ bandShare, finalShare, shortestStretch })) {
    if (!(share > 0 && share < 1))
      throw new RangeError(`${name} is ${share}; allowed: strictly between 0 and 1`);
  }
  const { series: points, indices, dropped } = determinedPoints(series);
  const { steps, values } = points;
  const n = values.length;
  if (n < FEWEST_POINTS) {
    const reason = `${n} determined measurements; at least ${FEWEST_POINTS} are needed`;
    return { status: 'undetermined', reason, dropped };
  }
  const smoothed = runningMedian(values, smoothing);
  const finalCount = Math.max(5, Math.round(finalShare * n));
  const finalLevel = median(values.subarray(n - finalCount));
  const distances = smoothed.map((value) => Math.abs(value - finalLevel));
  const totalChange = distances.reduce((largest, distance) => Math.max(largest, distance), 0);
  const noise = estimateNoise(values);
  const noiseSd = smoothedNoise(smoothed, noise.profile, smoothing);
  const { spacing } = latticeOf(values);
  // 5 % Bonferroni over all measurements.
  const furthest = -normalQuantile(0.025 / n) * LEVEL_UNCERTAINTY;
  const floors = noiseSd.map((sd) => Math.max(spacing, furthest * sd));
  const noiseFloor = floors[n - 1];
  const wanted = bandShare * totalChange;
  const band = Math.max(wanted, noiseFloor);
  const figures = { finalLevel, totalChange, band, noiseFloor, dropped };
  if (distances.every((distance, i) => distance <= floors[i])) {
    return {
      status: 'constant',
      reason: 'the series never leaves its final level by more than its noise',
      ...figures,
    };
  }
  const first = distances.findLastIndex((distance, i) => distance > Math.max(wanted, floors[i])) + 1;
  const moving = (reason: string): Stabilization => ({ status: 'moving', reason, ...figures });
  if (n - first < shortestStretch * n) {
    return moving(`near the final level only for the last ${n - first} of ${n} measurements`);
  }
  // The later half of the stretch is free of the tail of the descent into the band.
  const whole = fitLine(steps.subarray(first), values.subarray(first), noise.phi);
  const later = fitLine(steps.subarray((first + n) >> 1), values.subarray((first + n) >> 1), noise.phi);
  const laterError = later.riseError * noise.sd * noise.profile[(first + 3 * n) >> 2];
  if (whole.rise > band || later.rise > wanted + 2 * laterError) {
    return moving('the level still drifts by more than the band at the end');
  }
  return { status: 'stabilized', step: steps[first], index: indices[first], ...figures };
}

/** Allows for the noise of the final level, a median itself, and for that of the noise's own estimate. */
const LEVEL_UNCERTAINTY = 1.5;

/** Standard deviation of each running median; larger at the ends, where fewer measurements enter. */
function smoothedNoise(smoothed: Float64Array, profile: Float64Array, smoothing: number): Float64Array {
  const sd = fluctuation(smoothed, profile);
  const half = (smoothing - 1) / 2;
  return profile.map((strength, i) => {
    const entering = Math.min(half, i) + 1 + Math.min(half, profile.length - 1 - i);
    return sd * strength * Math.sqrt(smoothing / entering);
  });
}

/** Absolute rise of the least-squares line from first to last step, and its standard error for AR(1) noise of sd 1. */
function fitLine(
  steps: Float64Array,
  values: Float64Array,
  phi: number,
): { rise: number; riseError: number } {
  const center = mean(steps);
  const length = steps[steps.length - 1] - steps[0];
  let [products, squares] = [0, 0];
  for (let i = 0; i < steps.length; i++) {
    products += (steps[i] - center) * values[i];
    squares += (steps[i] - center) ** 2;
  }
  // Correlated noise is worth (1 − φ)/(1 + φ) as many independent values.
  const riseError = length * Math.sqrt((1 + phi) / (1 - phi) / squares);
  return { rise: Math.abs(products / squares) * length, riseError };
}
