import { MAD_TO_SD } from '../../../numerics/quantile.ts';
import { runningMedian } from '../../../numerics/running-median.ts';

/**
 * Replaces spikes by the local median (Hampel identifier: Davies & Gather 1993): a value counts as one where it lies
 * more than 5.4 local standard deviations from the median of the seven values around it, the deviation scale being
 * the median of 31. Simulated, that replaces 0.2 % of Gaussian values. A step is no spike: its new level fills half of
 * the seven.
 */
export function withoutSpikes(values: Float64Array): Float64Array {
  const medians = runningMedian(values, 7);
  const deviations = values.map((value, t) => Math.abs(value - medians[t]));
  const scales = runningMedian(deviations, 31);
  return values.map((value, t) =>
    scales[t] > 0 && deviations[t] > 5.4 * MAD_TO_SD * scales[t] ? medians[t] : value,
  );
}
