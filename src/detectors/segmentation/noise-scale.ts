import { latticeOf } from '../local-cubic/lattice.ts';
import { estimateNoise } from '../noise.ts';

/** What a change is measured against. */
export interface NoiseScale {
  /** Standard deviation of the noise, above 0; at least one spacing of the grid that the values were rounded to. */
  readonly sd: number;
  /** The same at each measurement. */
  readonly localSd: Float64Array;
  /** Long-run variance over variance: how many times as much the mean of many measurements varies as if independent. */
  readonly inflation: number;
  /** Lag-1 coefficient. */
  readonly phi: number;
  /** Least standard deviation that the values' grid and sums in float64 can resolve. */
  readonly floor: number;
}

/**
 * The noise of a series, from its differences (`estimateNoise`), with a floor: below one spacing of the values' grid
 * lies rounding, and prefix sums over n measurements lose about n^1.5 roundings of the squared range.
 *
 * @param values at least 4, finite, not all equal.
 */
export function noiseScale(values: Float64Array): NoiseScale {
  const { sd, profile, phi } = estimateNoise(values);
  const { spacing } = latticeOf(values);
  let [lowest, highest] = [values[0], values[0]];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const lost = (highest - lowest) * Math.sqrt(10 * Number.EPSILON * values.length ** 1.5);
  const floor = Math.max(spacing, lost);
  const typical = Math.max(sd, floor);
  return {
    sd: typical,
    localSd: profile.map((strength) => Math.max(sd * strength, floor)),
    inflation: (1 + phi) / (1 - phi),
    phi,
    floor,
  };
}
