import { DIRECTED, LENGTHS, LEVELS, MOVED, POOLED } from './threshold-tables.ts';

/** The law of the largest excess of a series of some length where nothing happens. */
export interface NullTail {
  /** For each of LEVELS, the excess that is exceeded with that probability; ascending. */
  readonly thresholds: Float64Array;
  /** Beyond the last, P(excess > x) falls as exp(−x / scale). */
  readonly scale: number;
  /** By what the probabilities are multiplied because the question is asked more than once. */
  readonly looks: number;
}

/** The law over several looks at the same series. */
export function repeated(tail: NullTail, looks: number): NullTail {
  return { ...tail, looks };
}

/** Of the excess in units of jitter where nothing moves. */
export function movedTail(n: number): NullTail {
  return tailAt(MOVED, n);
}

/** Of the excess in units of a walk where nothing has a direction. */
export function directedTail(n: number): NullTail {
  return tailAt(DIRECTED, n);
}

/** Of the excess over seeds, in units of their spread and walks, where they have no direction in common. */
export function pooledTail(n: number): NullTail {
  return tailAt(POOLED, n);
}

/** Nobody has simulated further out. */
export const LEAST_P_VALUE = 1e-6;

/** The probability that the largest excess of a series exceeds this one; 1e-6 where it is less. */
export function pValueOf(excess: number, tail: NullTail): number {
  return Math.min(1, Math.max(LEAST_P_VALUE, tail.looks * singleLook(excess, tail)));
}

function singleLook(excess: number, { thresholds, scale }: NullTail): number {
  const last = LEVELS.length - 1;
  if (excess >= thresholds[last]) return LEVELS[last] * Math.exp((thresholds[last] - excess) / scale);
  let k = 1;
  while (excess >= thresholds[k]) k++;
  // Below the first threshold its slope goes on.
  const share = (excess - thresholds[k - 1]) / (thresholds[k] - thresholds[k - 1]);
  return LEVELS[k - 1] * (LEVELS[k] / LEVELS[k - 1]) ** share;
}

/** The excess whose p-value is alpha; inverse of `pValueOf`. */
export function thresholdAt(alpha: number, { thresholds, scale, looks }: NullTail): number {
  const level = alpha / looks;
  const last = LEVELS.length - 1;
  if (level <= LEVELS[last]) return thresholds[last] + scale * Math.log(LEVELS[last] / level);
  let k = 1;
  while (level < LEVELS[k]) k++;
  const share = Math.log(level / LEVELS[k - 1]) / Math.log(LEVELS[k] / LEVELS[k - 1]);
  return thresholds[k - 1] + share * (thresholds[k] - thresholds[k - 1]);
}

/** The row of a table at length n, linear in log n; beyond the last length it stays. */
function tailAt(table: readonly (readonly number[])[], n: number): NullTail {
  let k = 1;
  while (k < LENGTHS.length - 1 && n > LENGTHS[k]) k++;
  const share = Math.log(n / LENGTHS[k - 1]) / Math.log(LENGTHS[k] / LENGTHS[k - 1]);
  const within = Math.max(0, Math.min(1, share));
  const row = table[k - 1].map((value, j) => value + within * (table[k][j] - value));
  return { thresholds: Float64Array.from(row.slice(0, -1)), scale: row[row.length - 1], looks: 1 };
}
