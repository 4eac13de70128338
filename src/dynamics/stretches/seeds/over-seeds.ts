import { mean, standardDeviation } from '../../../numerics/moments.ts';
import { studentQuantile95 } from './seed-quantiles.ts';

/** A number of which every seed has its own. */
export interface OverSeeds {
  /** Mean over the seeds that have one. */
  readonly value: number;
  /** 95 % interval of the mean over seeds like these (Student); null for a single seed. */
  readonly interval: readonly [number, number] | null;
  /** In the order of the seeds; null where a seed has none. */
  readonly perSeed: readonly (number | null)[];
}

/**
 * @param resolution half-width that the interval has at least: nothing is known more finely than it is measured.
 * @returns null where no seed has a number.
 */
export function overSeeds(perSeed: readonly (number | null)[], resolution = 0): OverSeeds | null {
  const known = perSeed.filter((value) => value !== null);
  if (known.length === 0) return null;
  const value = mean(known);
  if (known.length === 1) return { value, interval: null, perSeed };
  const error = standardDeviation(known, 1) / Math.sqrt(known.length);
  const margin = Math.max(studentQuantile95(known.length) * error, resolution);
  return { value, interval: [value - margin, value + margin], perSeed };
}
