import { unevenPositions } from '../spacing.ts';
import { obstacle } from '../testability.ts';
import type { Series } from '../types.ts';
import { latticeOf } from './lattice.ts';
import { withoutSpikes } from './spikes.ts';

export const SHORTEST = 12;
export const LONGEST = 100_000;
const FEWEST_DISTINCT = 4;

/** A series made ready: centered and scaled to at most 1 in size, free of spikes. */
export interface Prepared {
  readonly values: Float64Array;
  /** The series' own unit per unit of `values`. */
  readonly scale: number;
  /** Spacing of the grid that the values were rounded to, in units of `values`. */
  readonly spacing: number;
  /** Where the measurements lie on the axis of training, unless they are evenly spaced. */
  readonly positions: Float64Array | undefined;
}

/** Makes a series ready, or says why it cannot be tested. */
export function prepare(series: Series): Prepared | { readonly reason: string } {
  const { steps, values } = series;
  const n = values.length;
  if (n > LONGEST) return { reason: `${n} measurements; at most ${LONGEST} are tested` };
  const reason = obstacle(series, SHORTEST);
  if (reason !== null) return { reason };
  const lattice = latticeOf(values);
  if (lattice.distinct < FEWEST_DISTINCT) {
    return { reason: `${lattice.distinct} distinct values; at least ${FEWEST_DISTINCT} are needed` };
  }
  const origin = values[n >> 1];
  let scale = 0;
  for (const value of values) scale = Math.max(scale, Math.abs(value - origin));
  const centered = new Float64Array(n);
  for (let t = 0; t < n; t++) centered[t] = (values[t] - origin) / scale;
  return {
    values: withoutSpikes(centered),
    scale,
    spacing: lattice.spacing / scale,
    positions: unevenPositions(steps),
  };
}
