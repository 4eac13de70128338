import { permutationPValue } from '../numerics/permutation-p-value.ts';
import type { Random } from '../numerics/random.ts';

/** How many layers change fast at once, against layers that know nothing of each other. */
export type Coordination =
  | {
      readonly determined: true;
      /** Layers that entered. */
      readonly layers: number;
      /** Share of those layers that are critical in each interval, 0 to 1. */
      readonly share: readonly number[];
      /** Mean of `share`: what to expect in any interval. */
      readonly baseRate: number;
      /** The largest share, the first interval that has it, and how often shifted layers reach it anywhere. */
      readonly maximum: { readonly share: number; readonly interval: number; readonly pValue: number };
      /** Least share that shifted layers reach anywhere with probability of at most `alpha`; null if even 1 is not enough. */
      readonly threshold: number | null;
      readonly alpha: number;
      /** Runs of neighboring intervals at or above the threshold: first and last interval. */
      readonly periods: readonly {
        readonly first: number;
        readonly last: number;
        readonly peakShare: number;
      }[];
      /** Random shifts drawn. */
      readonly shifts: number;
    }
  | { readonly determined: false; readonly reason: string };

export interface CoordinationOptions {
  /** Level, over all intervals of the run together. Default 0.05. */
  readonly alpha?: number;
  /** Random shifts. Default 999. */
  readonly shifts?: number;
}

/**
 * Tests whether layers are critical at the same time. Null model: each layer's indicator is shifted circularly by a
 * random offset of its own, which keeps how often and in what bursts it is critical, and breaks its tie to the others.
 * The largest share over the run is the statistic, so p-value and threshold hold for all intervals together.
 *
 * A transient that all layers share, such as the first steps of training, counts as coordination: the null model says
 * that they coincide, not why.
 *
 * @param critical ascending interval indices of each layer.
 * @param intervals number of intervals, above every index.
 */
export function coordination(
  critical: readonly Uint32Array[],
  intervals: number,
  rng: Random,
  options: CoordinationOptions = {},
): Coordination {
  const { alpha = 0.05, shifts = 999 } = options;
  const layers = critical.length;
  if (layers < 2) {
    return {
      determined: false,
      reason: `${layers} layers have critical measurements; at least 2 are needed`,
    };
  }
  const counts = new Uint16Array(intervals);
  for (const indices of critical) for (const i of indices) counts[i]++;
  const highest = counts.reduce((a, b) => Math.max(a, b));

  /** How many shifts have c as their largest count. */
  const maxima = new Uint32Array(layers + 1);
  const shifted = new Uint16Array(intervals);
  for (let s = 0; s < shifts; s++) maxima[shiftedMaximum(critical, shifted, rng)]++;
  const pValueOf = (count: number): number =>
    permutationPValue(
      maxima.subarray(count).reduce((a, b) => a + b, 0),
      shifts,
    );
  let least = 1;
  while (least <= layers && pValueOf(least) > alpha) least++;
  const total = critical.reduce((sum, indices) => sum + indices.length, 0);
  return {
    determined: true,
    layers,
    share: Array.from(counts, (count) => count / layers),
    baseRate: total / (layers * intervals),
    maximum: { share: highest / layers, interval: counts.indexOf(highest), pValue: pValueOf(highest) },
    threshold: least <= layers ? least / layers : null,
    alpha,
    periods: periodsAbove(counts, least).map(({ first, last, peak }) => ({
      first,
      last,
      peakShare: peak / layers,
    })),
    shifts,
  };
}

function shiftedMaximum(critical: readonly Uint32Array[], counts: Uint16Array, rng: Random): number {
  const n = counts.length;
  counts.fill(0);
  let largest = 0;
  for (const indices of critical) {
    const offset = rng.integer(n);
    for (let k = 0; k < indices.length; k++) {
      const moved = indices[k] + offset;
      const count = ++counts[moved < n ? moved : moved - n];
      if (count > largest) largest = count;
    }
  }
  return largest;
}

function periodsAbove(counts: Uint16Array, least: number): { first: number; last: number; peak: number }[] {
  const periods: { first: number; last: number; peak: number }[] = [];
  counts.forEach((count, i) => {
    if (count < least) return;
    const current = periods.at(-1);
    if (current?.last === i - 1) {
      current.last = i;
      current.peak = Math.max(current.peak, count);
    } else {
      periods.push({ first: i, last: i, peak: count });
    }
  });
  return periods;
}
