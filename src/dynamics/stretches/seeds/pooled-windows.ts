import { placeMedians } from '../noise/place-medians.ts';
import type { ScaleWindows } from '../windows/scale-windows.ts';
import { medianVariance } from './seed-quantiles.ts';

/** Degrees of freedom that the walks of the single runs count for beside the spread between seeds. */
const PRIOR = 4;

/**
 * The windows of one width over seeds. Moved: the mean difference against the jitter of a mean. Directed: the mean
 * difference *without the seed most in favor*, for one seed's jump is not shared, against its standard error: from the
 * spread between seeds, typical of many places (where events come at different times in different seeds it is large
 * only there), mixed with the seeds' own walks (moderated variance, Smyth 2004).
 *
 * @param windows of each seed, all of one width.
 */
export function poolWindows(windows: readonly ScaleWindows[]): ScaleWindows {
  const k = windows.length;
  const { scale } = windows[0];
  const count = windows[0].difference.length;
  const n = count + 2 * scale - 1;
  const difference = new Float64Array(count);
  const jitter = new Float64Array(count);
  const walk = new Float64Array(count);
  const walkVariance = new Float64Array(count);
  const relativeSpread = new Float64Array(count);
  const typical = medianVariance(k);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    let jitters = 0;
    let walks = 0;
    let squares = 0;
    for (let j = 0; j < k; j++) {
      const seed = windows[j];
      sum += seed.difference[i];
      jitters += seed.jitter[i] * seed.jitter[i];
      walks += seed.walk[i] * seed.walk[i];
    }
    difference[i] = sum / k;
    jitter[i] = Math.sqrt(jitters) / k;
    walkVariance[i] = walks / k;
    for (let j = 0; j < k; j++) {
      const off = windows[j].difference[i] - difference[i];
      squares += off * off;
    }
    relativeSpread[i] = squares / (k - 1) / walkVariance[i] / typical;
  }
  const places = Math.max(121, Math.floor(n / 4), 10 * scale);
  const spread = placeMedians(relativeSpread, places, count, 0, 8);
  const jitterOfOthers = Math.sqrt(k / (k - 1));
  const freedom = (k - 1) * Math.max(1, Math.min(places, count) / (3 * scale));
  for (let i = 0; i < count; i++) {
    const sign = Math.sign(difference[i]);
    let most = 0;
    for (let j = 0; j < k; j++) most = Math.max(most, sign * windows[j].difference[i]);
    const others = (sign * difference[i] * k - most) / (k - 1);
    const variance = (walkVariance[i] * (PRIOR + freedom * spread[i])) / (PRIOR + freedom) / (k - 1);
    const error = Math.max(jitter[i] * jitterOfOthers, Math.sqrt(variance));
    // So that the difference over it is that of the others over their error.
    walk[i] = others > 0 ? (Math.abs(difference[i]) * error) / others : Number.POSITIVE_INFINITY;
  }
  return { scale, difference, jitter, walk };
}
