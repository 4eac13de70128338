import { mean } from '../numerics/moments.ts';
import { determinedPoints } from './determined-points.ts';
import { estimateNoise } from './noise.ts';
import { roundingResolution } from './rounding-resolution.ts';
import type { StepWindow } from './step-window.ts';
import type { Series } from './types.ts';

/** The noise of a series as it differs along training, or why it cannot be estimated. */
export type LocalNoise =
  | {
      readonly determined: true;
      readonly steps: Float64Array;
      /** Standard deviation at each of the steps. */
      readonly sd: Float64Array;
      /** Correlation of neighboring measurements' noise. */
      readonly phi: number;
      /** Differences up to this may be rounding. */
      readonly resolution: number;
    }
  | { readonly determined: false; readonly reason: string };

const FEWEST_POINTS = 20;

/** Estimates the noise of the determined measurements (see `estimateNoise`). */
export function localNoise(series: Series): LocalNoise {
  const { steps, values } = determinedPoints(series).series;
  if (values.length < FEWEST_POINTS) {
    return {
      determined: false,
      reason: `${values.length} measurements with a value; at least ${FEWEST_POINTS} are needed`,
    };
  }
  const { sd, profile, phi } = estimateNoise(values);
  return {
    determined: true,
    steps,
    sd: profile.map((strength) => strength * sd),
    phi,
    resolution: roundingResolution(values),
  };
}

/** Standard deviation of the noise in a window that holds a measurement: the root of the mean variance. */
export function noiseWithin(
  { steps, sd }: Extract<LocalNoise, { determined: true }>,
  [first, last]: StepWindow,
): number {
  return Math.sqrt(mean(sd.filter((_, i) => steps[i] >= first && steps[i] <= last).map((s) => s * s)));
}

/**
 * Standard error of the median of `count` neighboring measurements of AR(1) noise: that of their mean, exactly,
 * times √(π/2), the median's for independent normal noise and an upper bound otherwise.
 */
export function medianError(sd: number, count: number, phi: number): number {
  const independent = (1 + phi) / (1 - phi);
  const ends = (2 * phi * (1 - phi ** count)) / (count * (1 - phi) ** 2);
  return sd * Math.sqrt(((Math.PI / 2) * (independent - ends)) / count);
}
