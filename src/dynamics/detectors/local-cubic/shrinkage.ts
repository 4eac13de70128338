import { autocorrelations } from '../../../numerics/autocorrelation.ts';
import { continueAutocorrelations } from '../../../numerics/autoregression.ts';
import { dot } from '../../../numerics/orthonormal-polynomials.ts';
import { MAD_TO_SD } from '../../../numerics/quantile.ts';
import { runningMedian } from '../../../numerics/running-median.ts';
import { evened, residualOf } from './serial-dependence.ts';

import type { Shape, WhitenedWindow, WindowFit } from './whitened-window.ts';

/** What the whitened noise of a series is like beyond its first coefficient. */
export interface NoiseCharacter {
  /** Whether single values far out are common. */
  readonly heavyTailed: boolean;
  /** Autocorrelations of the innovations under a fourth-order autoregression, from lag 0. */
  readonly correlations: Float64Array;
}

/**
 * @param values the series without its candidate steps.
 * @param candidates where those were: outliers there may be their remains and do not count.
 */
export function noiseCharacter(
  values: Float64Array,
  candidates: readonly number[],
  phi: number,
  halfWidth: number,
): NoiseCharacter {
  const n = values.length;
  const residual = residualOf(values, halfWidth);
  const innovations = residual.map((value, t) =>
    t === 0 ? Math.sqrt(1 - phi * phi) * value : value - phi * residual[t - 1],
  );
  const deviations = innovations.map(Math.abs);
  const scales = runningMedian(deviations, 81);
  let outliers = 0;
  for (let t = 0; t < n; t++) {
    if (deviations[t] > 3 * MAD_TO_SD * scales[t] && !candidates.some((c) => Math.abs(t - c) <= 3))
      outliers++;
  }
  const correlations = autocorrelations(evened(innovations, halfWidth), 4);
  return {
    heavyTailed: outliers >= Math.max(4, 0.0125 * n),
    correlations:
      correlations === null ? Float64Array.of(1) : continueAutocorrelations(correlations, 2 * halfWidth),
  };
}

/** The statistic once the innovation at the change itself is left out: one far-out value makes no level. */
export function withoutInnovation(
  window: WhitenedWindow,
  fit: WindowFit,
  shape: Shape,
  position: number,
  noiseFloor: number,
): number {
  const { residual, rss } = fit;
  const u = shape.unit;
  const along = dot(residual, u);
  // Regress both on the unit vector at `position`, projected off the cubics; what is left is the partial effect.
  const e2 = 1 - window.leverage(position);
  if (!(e2 > 1e-9)) return 0;
  const ue = u[position];
  const ze = residual[position];
  const uu = 1 - (ue * ue) / e2;
  if (!(uu > 1e-9)) return 0;
  const partial = (along - (ue * ze) / e2) / Math.sqrt(uu);
  const left = rss - (ze * ze) / e2 - partial * partial;
  const noise = Math.hypot(Math.sqrt(Math.max(0, left) / (residual.length - 6)), noiseFloor);
  return noise > 0 ? partial / noise : 0;
}

/**
 * By how much noise that changes across the window inflates the statistic. A log-linear variance is fitted to the
 * squared residuals; below two standard errors of slope it counts as constant.
 *
 * @returns at least 1.
 */
export function varianceInflation(fit: WindowFit, shape: Shape): number {
  const { residual } = fit;
  const m = residual.length;
  const along = dot(residual, shape.unit);
  const logs = residual.map((value, s) =>
    Math.log(Math.max((value - along * shape.unit[s]) ** 2, Number.MIN_VALUE)),
  );
  const center = (m - 1) / 2;
  let mean = 0;
  for (const value of logs) mean += value / m;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let s = 0; s < m; s++) {
    sxx += (s - center) ** 2;
    sxy += (s - center) * (logs[s] - mean);
    syy += (logs[s] - mean) ** 2;
  }
  const slope = sxy / sxx;
  const slopeError = Math.sqrt(Math.max(0, syy - slope * sxy) / (m - 2) / sxx);
  if (!(Math.abs(slope) > 2 * slopeError)) return 1;
  let total = 0;
  let seen = 0;
  for (let s = 0; s < m; s++) {
    const variance = Math.exp(slope * (s - center));
    total += variance / m;
    seen += shape.unit[s] ** 2 * variance;
  }
  return Math.max(1, Math.sqrt(seen / total));
}

/**
 * The variance of the statistic where the innovations are dependent after all, relative to independent ones:
 * Σ_jk u_j·u_k·ρ_{j−k}.
 */
export function dependenceInflation(shape: Shape, correlations: Float64Array): number {
  const u = shape.unit;
  let inflation = 1;
  for (let lag = 1; lag < Math.min(correlations.length, u.length); lag++) {
    let product = 0;
    for (let s = lag; s < u.length; s++) product += u[s] * u[s - lag];
    inflation += 2 * correlations[lag] * product;
  }
  return inflation;
}
