import { quantile } from '../numerics/quantile.ts';
import type { Random } from '../numerics/random.ts';

/** Whether the loss falls more often where layers change fast than it falls anyway. */
export type LossCoupling =
  | {
      readonly determined: true;
      /** Share of critical measurements, over all layers, in whose interval the loss falls. */
      readonly share: number;
      /** Share of all intervals in which the loss falls. */
      readonly baseRate: number;
      /** `share − baseRate`: 0 where critical measurements have nothing to do with the loss. */
      readonly difference: number;
      /** The difference less the quantiles that shifting gives it: as wide as chance makes it. */
      readonly interval: readonly [number, number];
      /** Two-sided, over circular shifts of the loss against the layers. */
      readonly pValue: number;
      /** Critical measurements counted, over all layers. */
      readonly criticalMeasurements: number;
    }
  | { readonly determined: false; readonly reason: string };

export interface LossCouplingOptions {
  /** The interval covers 1 − alpha. Default 0.05. */
  readonly alpha?: number;
}

/** Up to this many intervals every shift is looked at. */
const MOST_SHIFTS = 5000;
const FEWEST_INTERVALS = 20;

/**
 * Compares how often the loss falls in critical intervals with how often it falls at all. Loss falls in about half of
 * all intervals of a noisy run, so the share alone says nothing. Null model: the loss shifted circularly in time against
 * all layers at once, which keeps what the layers have in common and the trends of the loss.
 *
 * @param critical ascending interval indices of each layer; interval i lies between measurements i and i + 1.
 * @param loss one value per measurement; intervals without a finite loss at both ends are left out.
 * @param rng used only above 5,000 intervals, where shifts are drawn.
 */
export function lossCoupling(
  critical: readonly Uint32Array[],
  loss: Float64Array,
  rng: Random,
  options: LossCouplingOptions = {},
): LossCoupling {
  const { alpha = 0.05 } = options;
  const weights = new Float64Array(Math.max(0, loss.length - 1));
  for (const indices of critical) for (const i of indices) weights[i]++;
  const known = intervalsWithLoss(loss);
  const n = known.length;
  if (n < FEWEST_INTERVALS) {
    return {
      determined: false,
      reason: `the loss is known in ${n} intervals; at least ${FEWEST_INTERVALS} are needed`,
    };
  }
  const { positions, eventWeights } = eventsAmong(known, weights);
  let total = 0;
  for (const weight of eventWeights) total += weight;
  if (total === 0) return { determined: false, reason: 'there are no critical measurements' };
  const falls = new Uint8Array(n);
  let fallen = 0;
  for (let k = 0; k < n; k++) {
    falls[k] = loss[known[k] + 1] < loss[known[k]] ? 1 : 0;
    fallen += falls[k];
  }
  const baseRate = fallen / n;
  if (baseRate === 0 || baseRate === 1) {
    return {
      determined: false,
      reason: `the loss falls in ${baseRate === 0 ? 'no interval' : 'every interval'}`,
    };
  }

  const difference = weightOfFalls(positions, eventWeights, falls, 0) / total - baseRate;
  const rounding = 1e-12;
  const shifted = new Float64Array(Math.min(n, MOST_SHIFTS));
  let asExtreme = 0;
  for (let shift = 0; shift < shifted.length; shift++) {
    // Shift 0, the run as it was, is one of the arrangements: the p-value is never 0.
    const by = n <= MOST_SHIFTS || shift === 0 ? shift : rng.integer(n);
    shifted[shift] = weightOfFalls(positions, eventWeights, falls, by) / total - baseRate;
    if (Math.abs(shifted[shift]) >= Math.abs(difference) - rounding) asExtreme++;
  }
  return {
    determined: true,
    share: difference + baseRate,
    baseRate,
    difference,
    interval: [difference - quantile(shifted, 1 - alpha / 2), difference - quantile(shifted, alpha / 2)],
    pValue: asExtreme / shifted.length,
    criticalMeasurements: total,
  };
}

/** Intervals with a finite loss at both ends. */
function intervalsWithLoss(loss: Float64Array): number[] {
  const known: number[] = [];
  for (let i = 0; i + 1 < loss.length; i++) if (Number.isFinite(loss[i + 1] - loss[i])) known.push(i);
  return known;
}

/** Those of the known intervals that weigh anything: their places among the known ones, and their weights. */
function eventsAmong(
  known: readonly number[],
  weights: Float64Array,
): { positions: Int32Array; eventWeights: Float64Array } {
  const positions: number[] = [];
  for (let k = 0; k < known.length; k++) if (weights[known[k]] > 0) positions.push(k);
  const eventWeights = new Float64Array(positions.length);
  for (let e = 0; e < positions.length; e++) eventWeights[e] = weights[known[positions[e]]];
  return { positions: Int32Array.from(positions), eventWeights };
}

/** What the events weigh in whose interval the loss falls, once it is shifted. */
function weightOfFalls(
  positions: Int32Array,
  weights: Float64Array,
  falls: Uint8Array,
  shift: number,
): number {
  let sum = 0;
  for (let e = 0; e < positions.length; e++) {
    const moved = positions[e] + shift;
    sum += weights[e] * falls[moved < falls.length ? moved : moved - falls.length];
  }
  return sum;
}
