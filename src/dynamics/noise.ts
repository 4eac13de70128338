import { mean, standardDeviation } from '../numerics/moments.ts';
import { MAD_TO_SD, medianAbsoluteDeviation } from '../numerics/quantile.ts';
import { runningMedian } from '../numerics/running-median.ts';

/**
 * Noise around a slowly moving level. Noise is what comes and goes within about `LAG` measurements; what takes longer
 * is movement of the level.
 */
export interface Noise {
  /** Standard deviation around the level, typical of the whole series. */
  readonly sd: number;
  /** Strength at each measurement over the typical strength; about 1 where the noise does not change. */
  readonly profile: Float64Array;
  /** Correlation of neighboring measurements' noise, 0 to 0.95. */
  readonly phi: number;
}

/** Measurements after which noise has forgotten itself. */
const LAG = 20;
/** Measurements that a local estimate rests on. */
const LOCAL_WINDOW = 61;
/** Beyond it noise and a wandering level look the same over any training run. */
const LARGEST_PHI = 0.95;
/** Differences further out than this many robust sd are steps of the level, not noise. */
const CLIP = 3;

/**
 * Estimates noise from differences, which a slow trend and a few jumps hardly touch: its profile from neighboring
 * differences, its strength from differences over `LAG` measurements, its correlation from that of neighboring
 * differences, which for AR(1) noise is −(1 − φ)/2. Robust: medians throughout.
 *
 * @param values at least 4, finite, evenly measured.
 * @returns sd 0 where no two differences differ.
 * @example
 * estimateNoise(values).sd; // about 0.3 for 10·exp(−t/80) + N(0, 0.3)
 */
export function estimateNoise(values: Float64Array): Noise {
  const differences = detrendedDifferences(values, 1);
  // Where most neighbors are equal (a coarse lattice) the median deviation is 0 and says nothing.
  const spread = robustSd(differences) || standardDeviation(differences);
  const flat = new Float64Array(values.length).fill(1);
  if (!(spread > 0)) return { sd: 0, profile: flat, phi: 0 };
  const local = runningMedian(differences.map(Math.abs), LOCAL_WINDOW).map(
    (deviation) => (MAD_TO_SD * deviation) / spread || 1,
  );
  const evened = differences.map((difference, i) =>
    Math.max(-CLIP, Math.min(CLIP, difference / (spread * local[i]))),
  );
  const phi = Math.min(LARGEST_PHI, Math.max(0, 1 + 2 * lagOneCorrelation(evened)));
  const profile = flat.map((_, i) => local[Math.min(i, local.length - 1)]);
  return { sd: fluctuation(values, profile) || spread / Math.sqrt(2 * (1 - phi)), profile, phi };
}

/** Standard deviation of what changes within `LAG` measurements, once divided by the noise's profile. */
export function fluctuation(values: Float64Array, profile: Float64Array): number {
  const lag = Math.min(LAG, Math.floor(values.length / 4));
  return robustSd(
    detrendedDifferences(values, lag).map(
      (difference, i) => difference / Math.hypot(profile[i], profile[i + lag]),
    ),
  );
}

/** Differences over `lag` measurements, less their running median: a trend that bends slowly cancels. */
function detrendedDifferences(values: Float64Array, lag: number): Float64Array {
  const differences = values.subarray(lag).map((value, i) => value - values[i]);
  const trend = runningMedian(differences, LOCAL_WINDOW);
  return differences.map((difference, i) => difference - trend[i]);
}

function robustSd(values: Float64Array): number {
  return MAD_TO_SD * medianAbsoluteDeviation(values);
}

function lagOneCorrelation(values: Float64Array): number {
  const center = mean(values);
  let [products, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    squares += (values[i] - center) ** 2;
    if (i > 0) products += (values[i] - center) * (values[i - 1] - center);
  }
  return squares > 0 ? products / squares : 0;
}
