import { latticeOf } from '../detectors/local-cubic/lattice.ts';
import type { Series } from '../detectors/types.ts';
import { quantile } from '../numerics/quantile.ts';

/** When one layer changes fastest. Interval i lies between measurements i and i + 1. */
export type CriticalMeasurements =
  | {
      readonly determined: true;
      /** Ascending indices of the intervals in which the series changes faster than `threshold`. */
      readonly intervals: Uint32Array;
      /** Absolute change per training step, exceeded strictly. */
      readonly threshold: number;
      /** Intervals of which an end has no value: neither critical nor counted for the threshold. */
      readonly undetermined: number;
    }
  | { readonly determined: false; readonly reason: string; readonly undetermined: number };

const FEWEST_INTERVALS = 20;
/** Changes of a few spacings of the rounding lattice are rounding. */
const SMALLEST_SPACINGS = 4;

/**
 * The intervals in which a series changes fastest: |change| per training step strictly above a percentile of its own.
 * By construction about 10 % of the intervals of any series qualify at the 90th percentile, whatever happened: what
 * they mean comes only from a comparison with other layers or with the loss.
 *
 * @param percentile strictly between 0 and 100.
 */
export function criticalMeasurements({ steps, values }: Series, percentile: number): CriticalMeasurements {
  const rates = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < rates.length; i++) {
    rates[i] = Math.abs((values[i + 1] - values[i]) / (steps[i + 1] - steps[i]));
  }
  const known = rates.filter(Number.isFinite);
  const undetermined = rates.length - known.length;
  if (known.length < FEWEST_INTERVALS) {
    const reason = `${known.length} determined changes; at least ${FEWEST_INTERVALS} are needed`;
    return { determined: false, reason, undetermined };
  }
  if (onlyRounding(values.filter(Number.isFinite))) {
    return { determined: false, reason: 'the series is constant but for rounding', undetermined };
  }
  const threshold = quantile(known, percentile / 100);
  const fastest: number[] = [];
  for (let i = 0; i < rates.length; i++) if (rates[i] > threshold) fastest.push(i);
  const intervals = Uint32Array.from(fastest);
  if (intervals.length === 0) {
    return { determined: false, reason: `no change exceeds the ${percentile}th percentile`, undetermined };
  }
  return { determined: true, intervals, threshold, undetermined };
}

function onlyRounding(values: Float64Array): boolean {
  const largest = values.reduce((a, b) => Math.max(a, b));
  const smallest = values.reduce((a, b) => Math.min(a, b));
  return largest - smallest <= SMALLEST_SPACINGS * latticeOf(values).spacing;
}
