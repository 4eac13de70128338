import { autocorrelations } from '../../numerics/autocorrelation.ts';
import { continueAutocorrelations } from '../../numerics/autoregression.ts';
import { MAD_TO_SD } from '../../numerics/quantile.ts';
import { runningMedian } from '../../numerics/running-median.ts';
import { type NoiseModel, whiten } from './noise-model.ts';
import { evened, residualOf } from './serial-dependence.ts';

/** What the whitened noise of a series is like beyond its first coefficient. */
export interface NoiseCharacter {
  /** Whether single values far out are common. */
  readonly heavyTailed: boolean;
  /** The farthest innovation that is no candidate's. */
  readonly farthest: number;
  /** Autocorrelations of the innovations under a fourth-order autoregression, from lag 0. */
  readonly correlations: Float64Array;
}

/** Innovations beyond so many standard deviations are far out: of normal ones, 0.27 %. */
const FAR = 3;
/** Values that their standard deviation rests on. */
const SCALE_WINDOW = 81;
/** Values around a candidate that may be its remains. */
const REMAINS = 3;
/** Further orders of an autoregression say no more of what they were tried on: slow and smooth wander, AR(2). */
const ORDER = 4;
/**
 * So many of them, or such a share, are common. Where the level wanders, a jump is nothing but such an innovation, and
 * fewer others make it an ordinary one.
 */
const OUTLIERS = 4;
const FEW_OUTLIERS = 2;
const OUTLIER_SHARE = 0.0125;

/**
 * @param values the series without its candidate steps.
 * @param candidates first and last measurement of each: outliers there do not count.
 */
export function noiseCharacter(
  values: Float64Array,
  candidates: readonly (readonly [number, number])[],
  noise: NoiseModel,
  halfWidth: number,
): NoiseCharacter {
  const n = values.length;
  const residual = residualOf(values, halfWidth);
  const innovations = whiten(residual.slice(), noise);
  const deviations = innovations.map(Math.abs);
  const scales = runningMedian(deviations, SCALE_WINDOW);
  let outliers = 0;
  let farthest = 0;
  for (let t = 0; t < n; t++) {
    if (candidates.some(([first, last]) => t >= first - REMAINS && t <= last + REMAINS)) continue;
    if (deviations[t] > FAR * MAD_TO_SD * scales[t]) outliers++;
    farthest = Math.max(farthest, deviations[t]);
  }
  const correlations = autocorrelations(evened(innovations, halfWidth), ORDER);
  return {
    heavyTailed: outliers >= Math.max(noise.wandering ? FEW_OUTLIERS : OUTLIERS, OUTLIER_SHARE * n),
    farthest,
    correlations:
      correlations === null ? Float64Array.of(1) : continueAutocorrelations(correlations, 2 * halfWidth),
  };
}
