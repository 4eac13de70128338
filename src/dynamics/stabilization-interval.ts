import { firstOrderAutoregression } from '../numerics/autoregression.ts';
import { quantile } from '../numerics/quantile.ts';
import type { Random } from '../numerics/random.ts';
import { runningMedian } from '../numerics/running-median.ts';
import { determinedPoints } from './determined-points.ts';
import { estimateNoise } from './noise.ts';
import { type StabilizationOptions, stabilization } from './stabilization.ts';
import type { Series } from './types.ts';

export interface StabilizationIntervalOptions extends StabilizationOptions {
  /** Resampled series. Default 200. */
  readonly resamples?: number;
  /** The interval covers 1 − alpha. Default 0.05. */
  readonly alpha?: number;
}

/** How surely the stabilization step is known, or why that cannot be said. */
export type StabilizationInterval =
  | {
      readonly determined: true;
      /** Training steps. */
      readonly interval: readonly [number, number];
      /** Share of the resampled series that stabilize. */
      readonly stabilizedShare: number;
    }
  | { readonly determined: false; readonly reason: string };

/** With fewer resamples stabilizing, an interval over those that do would mislead. */
const LEAST_SHARE = 0.9;

/**
 * Percentile interval of the stabilization step by a parametric bootstrap: fresh AR(1) noise of the estimated local
 * strength is added to the smoothed series, which is analyzed again and again. (Resampled residuals are too quiet:
 * smoothing swallows the slow part of correlated noise.) The interval says what noise does to the step for this band,
 * not how the step would vary between training runs.
 *
 * @example
 * stabilizationInterval({ steps, values }, createRandom(1)); // { determined: true }, with the interval in steps
 */
export function stabilizationInterval(
  series: Series,
  rng: Random,
  options: StabilizationIntervalOptions = {},
): StabilizationInterval {
  const { resamples = 200, alpha = 0.05, ...criteria } = options;
  const found = stabilization(series, criteria);
  if (found.status !== 'stabilized')
    return { determined: false, reason: `the series is ${found.status}: ${found.reason}` };
  const { steps, values } = determinedPoints(series).series;
  const smoothed = runningMedian(values, criteria.smoothing ?? 9);
  const { sd, profile, phi } = estimateNoise(values);
  const stableFrom: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    const noise = firstOrderAutoregression(values.length, phi, rng);
    const renewed = smoothed.map((value, i) => value + sd * profile[i] * noise[i]);
    const again = stabilization({ steps, values: renewed }, criteria);
    if (again.status === 'stabilized') stableFrom.push(again.step);
  }
  const stabilizedShare = stableFrom.length / resamples;
  if (stabilizedShare < LEAST_SHARE) {
    const reason = `only ${Math.round(100 * stabilizedShare)} % of resampled series stabilize`;
    return { determined: false, reason };
  }
  return {
    determined: true,
    interval: [quantile(stableFrom, alpha / 2), quantile(stableFrom, 1 - alpha / 2)],
    stabilizedShare,
  };
}
