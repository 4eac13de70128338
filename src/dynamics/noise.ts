import { mean, standardDeviation } from '../numerics/moments.ts';
import { MAD_TO_SD, medianAbsoluteDeviation } from '../numerics/quantile.ts';
import { runningMedian } from '../numerics/running-median.ts';

/** Noise around a slowly moving level: a first-order autoregression whose strength may change over training. */
export interface Noise {
  /** Standard deviation around the level, typical of the whole series. */
  readonly sd: number;
  /** Standard deviation around each measurement. */
  readonly localSd: Float64Array;
  /** Correlation of neighbouring measurements' noise, 0 to 0.95. */
  readonly phi: number;
}

/** Beyond it noise and a wandering level look the same over any training run. */
const LARGEST_PHI = 0.95;
/** Differences further out than this many robust sd are steps of the level, not noise. */
const CLIP = 3;
/** Differences that a local estimate rests on. */
const LOCAL_WINDOW = 61;

/**
 * Estimates noise from the differences of neighbouring measurements, which a slow trend and a few jumps hardly touch.
 * The differences of AR(1) noise have variance 2·sd²·(1 − φ) and lag-1 autocorrelation −(1 − φ)/2; both are solved for
 * sd and φ, the variance taken from the median absolute deviation over all and over neighbouring differences.
 *
 * @param values at least 3, finite, evenly measured.
 * @returns all zero where no two differences differ.
 * @example
 * estimateNoise(values).sd; // about 0.3 for 10·exp(−t/80) + N(0, 0.3)
 */
export function estimateNoise(values: Float64Array): Noise {
  const differences = values.subarray(1).map((value, i) => value - values[i]);
  // Where most neighbours are equal (a coarse lattice) the median deviation is 0 and says nothing.
  const spread = MAD_TO_SD * medianAbsoluteDeviation(differences) || standardDeviation(differences);
  if (!(spread > 0)) return { sd: 0, localSd: new Float64Array(values.length), phi: 0 };
  const trend = runningMedian(differences, LOCAL_WINDOW);
  const deviations = differences.map((difference, i) => difference - trend[i]);
  const localSpread = runningMedian(deviations.map(Math.abs), LOCAL_WINDOW).map(
    (deviation) => MAD_TO_SD * deviation || spread,
  );
  const evened = deviations.map((deviation, i) =>
    Math.max(-CLIP, Math.min(CLIP, deviation / localSpread[i])),
  );
  const phi = Math.min(LARGEST_PHI, Math.max(0, 1 + 2 * lagOneCorrelation(evened)));
  const toSd = 1 / Math.sqrt(2 * (1 - phi));
  const localSd = values.map((_, i) => toSd * localSpread[Math.min(i, localSpread.length - 1)]);
  return { sd: toSd * spread, localSd, phi };
}

function lagOneCorrelation(values: Float64Array): number {
  const centre = mean(values);
  let [products, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    squares += (values[i] - centre) ** 2;
    if (i > 0) products += (values[i] - centre) * (values[i - 1] - centre);
  }
  return squares > 0 ? products / squares : 0;
}

/** Standard deviation of the mean of `count` neighbouring values of AR(1) noise with standard deviation 1. */
export function meanNoise(phi: number, count: number): number {
  let sum = 1;
  for (let lag = 1; lag < count; lag++) sum += 2 * (1 - lag / count) * phi ** lag;
  return Math.sqrt(sum / count);
}
