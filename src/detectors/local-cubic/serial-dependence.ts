import { autocorrelations } from '../../numerics/autocorrelation.ts';
import { localCubicSmooth } from '../../numerics/local-cubic-smooth.ts';
import { runningRms } from '../../numerics/running-rms.ts';

/**
 * How strongly neighboring deviations agree: the lag-1 autocorrelation of what a local cubic leaves, its scale evened.
 * Smoothing takes slow wander with it, so this is well below the coefficient of the noise; `coefficientOf` in
 * calibration.ts turns it back.
 */
export function residualCorrelation(values: Float64Array, halfWidth: number): number {
  const n = values.length;
  const correlations = autocorrelations(evened(residualOf(values, halfWidth), halfWidth), 1);
  return correlations === null ? 0 : (correlations[1] * n) / (n - 1);
}

/** What local cubic smoothing leaves. */
export function residualOf(values: Float64Array, halfWidth: number): Float64Array {
  const smooth = localCubicSmooth(values, halfWidth);
  for (let t = 0; t < values.length; t++) smooth[t] = values[t] - smooth[t];
  return smooth;
}

/** Divided by the root mean square of the values within `halfWidth`, and cut off at ±3. */
export function evened(values: Float64Array, halfWidth: number): Float64Array {
  const scale = runningRms(values, halfWidth);
  const evened = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) {
    const value = scale[t] > 0 ? values[t] / scale[t] : 0;
    evened[t] = Math.max(-3, Math.min(3, value));
  }
  return evened;
}
