import { autocorrelations } from '../../../numerics/autocorrelation.ts';
import { localCubicSmooth } from '../../../numerics/local-cubic-smooth.ts';
import { runningRms } from '../../../numerics/running-rms.ts';
import { type Probe, peaks, scan, withoutSteps } from './scan.ts';

/**
 * How strongly neighboring deviations agree: the lag-1 autocorrelation of what a local cubic leaves, after the
 * steepest steps are taken out and the scale is evened. Smoothing takes slow wander with it, so this is well below
 * the coefficient of the noise; `dependenceOf` in calibration.ts turns it back.
 *
 * @param probe tests steps at φ = 0.5, the middle of what is testable.
 */
export function residualCorrelation(values: Float64Array, probe: Probe): number {
  const n = values.length;
  const half = probe.window.length >> 1;
  const result = scan(values, probe);
  const steepest = peaks(result, 0, half >> 1, Math.max(1, Math.round(n / 100)));
  const level = withoutSteps(values, result, steepest);
  const residual = evened(residualOf(level, half), half);
  const correlations = autocorrelations(residual, 1);
  return correlations === null ? 0 : (correlations[1] * n) / (n - 1);
}

/** What local cubic smoothing leaves. */
export function residualOf(values: Float64Array, halfWidth: number): Float64Array {
  const smooth = localCubicSmooth(values, halfWidth);
  return values.map((value, t) => value - smooth[t]);
}

/** Divided by the root mean square of the values within `halfWidth`, and cut off at ±3. */
export function evened(values: Float64Array, halfWidth: number): Float64Array {
  const scale = runningRms(values, halfWidth);
  return values.map((value, t) => (scale[t] > 0 ? Math.max(-3, Math.min(3, value / scale[t])) : 0));
}
