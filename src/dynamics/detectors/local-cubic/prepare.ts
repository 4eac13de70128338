import type { Series } from '../../types.ts';
import { latticeOf } from './lattice.ts';
import { withoutSpikes } from './spikes.ts';

export const SHORTEST = 30;
export const LONGEST = 100_000;
const FEWEST_DISTINCT = 8;

/** A series made ready: centered and scaled to at most 1 in size, free of spikes. */
export interface Prepared {
  readonly values: Float64Array;
  /** The series' own unit per unit of `values`. */
  readonly scale: number;
  /** Spacing of the grid that the values were rounded to, in units of `values`. */
  readonly spacing: number;
}

/** Makes a series ready, or says why it cannot be tested. */
export function prepare({ steps, values }: Series): Prepared | { readonly reason: string } {
  const n = values.length;
  if (steps.length !== n) return { reason: `${steps.length} steps for ${n} values` };
  if (n < SHORTEST) return { reason: `${n} measurements; at least ${SHORTEST} are needed` };
  if (n > LONGEST) return { reason: `${n} measurements; at most ${LONGEST} are tested` };
  const gap = values.findIndex((value) => !Number.isFinite(value));
  if (gap >= 0) return { reason: `measurement ${gap} is ${values[gap]}; every value must be finite` };
  const uneven = unevenSpacing(steps);
  if (uneven !== null) return { reason: uneven };
  const lattice = latticeOf(values);
  if (lattice.distinct < FEWEST_DISTINCT) {
    return { reason: `${lattice.distinct} distinct values; at least ${FEWEST_DISTINCT} are needed` };
  }
  const origin = values[n >> 1];
  let scale = 0;
  for (const value of values) scale = Math.max(scale, Math.abs(value - origin));
  if (!Number.isFinite(scale) || !(scale > Number.MIN_VALUE * 2 ** 60)) {
    return { reason: `the values range over ${scale}, which float64 arithmetic cannot carry` };
  }
  const scaled = values.map((value) => (value - origin) / scale);
  return { values: withoutSpikes(scaled), scale, spacing: lattice.spacing / scale };
}

/**
 * A trend seen through uneven gaps has steps in it, so the spacing must be even within 10 %. The first and the last
 * gap may be shorter: logs often begin at step 1 and end with the run.
 */
function unevenSpacing(steps: Float64Array): string | null {
  const gaps = Float64Array.from({ length: steps.length - 1 }, (_, i) => steps[i + 1] - steps[i]);
  const typical = Float64Array.from(gaps).sort()[gaps.length >> 1];
  for (let i = 0; i < gaps.length; i++) {
    const shortAllowed = i === 0 || i === gaps.length - 1;
    const even = gaps[i] <= 1.1 * typical && gaps[i] >= (shortAllowed ? 0 : 0.9) * typical && gaps[i] > 0;
    if (!even)
      return `steps ${steps[i]} and ${steps[i + 1]} are ${gaps[i]} apart, most others ${typical}; spacing must be even`;
  }
  return null;
}
