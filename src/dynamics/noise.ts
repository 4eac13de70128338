import { mean, standardDeviation } from '../numerics/moments.ts';
import { MAD_TO_SD, medianAbsoluteDeviation } from '../numerics/quantile.ts';

/** Noise around a slowly moving level, as a first-order autoregression. */
export interface Noise {
  /** Standard deviation around the level. */
  readonly sd: number;
  /** Correlation of neighbouring measurements' noise, 0 to 0.95. */
  readonly phi: number;
  /** Standard deviation of the fresh part of the noise: sd·√(1 − φ²). */
  readonly innovationSd: number;
}

/** Beyond it noise and a wandering level look the same over any training run. */
const LARGEST_PHI = 0.95;
/** Differences further out than this many robust sd are steps of the level, not noise. */
const CLIP = 3;

/**
 * Estimates noise from the differences of neighbouring measurements, which a slow trend and a few jumps hardly touch.
 * The differences of AR(1) noise have variance 2·sd²·(1 − φ) and lag-1 autocorrelation −(1 − φ)/2; both are solved for
 * sd and φ, the variance taken from the median absolute deviation.
 *
 * @param values at least 3, finite, evenly measured.
 * @returns all zero where no two neighbours differ.
 * @example
 * estimateNoise(values).sd; // about 0.3 for 10·exp(−t/80) + N(0, 0.3)
 */
export function estimateNoise(values: Float64Array): Noise {
  const differences = values.subarray(1).map((value, i) => value - values[i]);
  // Where most neighbours are equal (a coarse lattice) the median deviation is 0 and says nothing.
  const spread = MAD_TO_SD * medianAbsoluteDeviation(differences) || standardDeviation(differences);
  if (!(spread > 0)) return { sd: 0, phi: 0, innovationSd: 0 };
  const phi = Math.min(LARGEST_PHI, Math.max(0, 1 + 2 * clippedLagOne(differences, CLIP * spread)));
  const sd = spread / Math.sqrt(2 * (1 - phi));
  return { sd, phi, innovationSd: sd * Math.sqrt(1 - phi * phi) };
}

function clippedLagOne(values: Float64Array, limit: number): number {
  const clipped = values.map((value) => Math.max(-limit, Math.min(limit, value)));
  const centre = mean(clipped);
  let [products, squares] = [0, 0];
  for (let i = 0; i < clipped.length; i++) {
    squares += (clipped[i] - centre) ** 2;
    if (i > 0) products += (clipped[i] - centre) * (clipped[i - 1] - centre);
  }
  return squares > 0 ? products / squares : 0;
}

/** Standard deviation of the mean of `count` neighbouring values of the noise. */
export function meanNoise({ sd, phi }: Noise, count: number): number {
  let sum = 1;
  for (let lag = 1; lag < count; lag++) sum += 2 * (1 - lag / count) * phi ** lag;
  return sd * Math.sqrt(sum / count);
}
