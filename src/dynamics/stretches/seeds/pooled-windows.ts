import { gammaQuantile } from '../../../numerics/special-functions/incomplete-gamma.ts';
import type { NoiseCurve } from '../noise/noise-curve.ts';
import { placeMedians } from '../noise/place-medians.ts';
import { type ScaleWindows, windowsOf } from '../windows/scale-windows.ts';

/** Degrees of freedom that the walks of the single runs count for beside the spread between seeds. */
const PRIOR = 4;

/**
 * The windows of one width over seeds. Moved: the mean difference against the jitter of a mean. Directed: the mean
 * difference *without the seed most in favor*, for one seed's jump is not shared, against its standard error: from the
 * spread between seeds, typical of many places (where events come at different times in different seeds it is large
 * only there), mixed with the seeds' own walks (moderated variance, Smyth 2004).
 */
export function pooledWindows(seeds: readonly NoiseCurve[], scale: number): ScaleWindows {
  const k = seeds.length;
  const n = seeds[0].values.length;
  const windows = seeds.map((seed) => windowsOf(seed, scale));
  const count = windows[0].difference.length;
  const difference = new Float64Array(count);
  const jitter = new Float64Array(count);
  const walk = new Float64Array(count);
  const walkVariance = new Float64Array(count);
  const relativeSpread = new Float64Array(count);
  const chiSquared = (2 * gammaQuantile(0.5, (k - 1) / 2)) / (k - 1);
  for (let i = 0; i < count; i++) {
    let [sum, jitters, walks, squares] = [0, 0, 0, 0];
    for (const seed of windows) {
      sum += seed.difference[i];
      jitters += seed.jitter[i] ** 2;
      walks += seed.walk[i] ** 2;
    }
    difference[i] = sum / k;
    jitter[i] = Math.sqrt(jitters) / k;
    walkVariance[i] = walks / k;
    for (const seed of windows) squares += (seed.difference[i] - difference[i]) ** 2;
    relativeSpread[i] = squares / (k - 1) / walkVariance[i] / chiSquared;
  }
  const places = Math.max(121, Math.floor(n / 4), 10 * scale);
  const spread = placeMedians(relativeSpread, places, count, 0, 8);
  const freedom = (k - 1) * Math.max(1, Math.min(places, count) / (3 * scale));
  for (let i = 0; i < count; i++) {
    const sign = Math.sign(difference[i]);
    const most = windows.reduce((max, seed) => Math.max(max, sign * seed.difference[i]), 0);
    const others = (sign * difference[i] * k - most) / (k - 1);
    const variance = (walkVariance[i] * (PRIOR + freedom * spread[i])) / (PRIOR + freedom) / (k - 1);
    const error = Math.max(jitter[i] * Math.sqrt(k / (k - 1)), Math.sqrt(variance));
    // So that the difference over it is that of the others over their error.
    walk[i] = others > 0 ? (Math.abs(difference[i]) * error) / others : Number.POSITIVE_INFINITY;
  }
  return { scale, difference, jitter, walk };
}
