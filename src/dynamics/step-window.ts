import { typicalGap } from '../detectors/spacing.ts';
import type { Series } from '../detectors/types.ts';
import { median } from '../numerics/quantile.ts';

/** A stretch of training, both ends included. */
export type StepWindow = readonly [firstStep: number, lastStep: number];

/** What a series is worth in a stretch of training. */
export interface WindowMedian {
  /** null where no measurement in the window has a value. */
  readonly median: number | null;
  /** Measurements with a value in the window. */
  readonly count: number;
}

/** The values measured within the window, in order; those that are not determined are left out. */
export function valuesWithin({ steps, values }: Series, [first, last]: StepWindow): Float64Array {
  return values.filter((value, i) => steps[i] >= first && steps[i] <= last && Number.isFinite(value));
}

/** Median of the determined values within the window: one outlier does not move it. */
export function windowMedian(series: Series, window: StepWindow): WindowMedian {
  const values = valuesWithin(series, window);
  return { median: values.length === 0 ? null : median(values), count: values.length };
}

/** Enough measurements for a median to rest on, and few enough for training to stand still meanwhile. */
const MEASUREMENTS = 10;

/** Width of a window in training steps where none is given: ten measurements. */
export function defaultWindow(steps: Float64Array): number {
  return MEASUREMENTS * typicalGap(steps);
}
