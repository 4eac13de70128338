import { InputError } from '../../errors/input-error.ts';
import { CONTROL_COUNTS, CONTROL_FACTORS } from './calibration-tables.ts';
import type { JointStatistic } from './joint-statistics.ts';
import { criticalStrength, interpolated, ratioOf } from './strength.ts';

/** The level of alpha at which `CONTROL_FACTORS` is simulated. */
const ALPHA = 0.05;

/** The largest strength anywhere in a run; 0 where nothing can be said. */
export function largestStrength(statistics: readonly JointStatistic[]): number {
  let largest = 0;
  for (const statistic of statistics) {
    for (let t = 0; t < statistic.values.length; t++) largest = Math.max(largest, ratioOf(statistic, t));
  }
  return largest;
}

/**
 * What controls say about how restless this kind of training is: the strength that a run like them seldom exceeds, as a share of the one
 * that no simulated family of runs does. By itself a run must be compared with the worst of them; most training is far calmer.
 *
 * @param strengths the largest strength of each control in which nothing changes; at least two.
 * @param n measurements of the run.
 * @returns above 0; above 1 only where a control is more restless than any family.
 */
export function calmness(strengths: readonly number[], n: number): number {
  if (strengths.length < 2) {
    throw new InputError({ field: 'controls', value: strengths.length, allowed: 'at least 2' });
  }
  const lengths = Object.keys(CONTROL_FACTORS).map(Number);
  const factor = interpolated(
    lengths,
    lengths.map((length) => interpolated(CONTROL_COUNTS, CONTROL_FACTORS[length], strengths.length)),
    n,
  );
  const critical = criticalStrength(n, ALPHA);
  const strongest = Math.max(...strengths);
  const share = Math.max(LEAST, (factor * strongest) / critical);
  // Controls that stay below what any family exceeds give no reason to ask for more than without them, however few they are.
  return strongest <= critical ? Math.min(1, share) : share;
}

/** Controls that say nothing at all are no proof of calm. */
const LEAST = 0.5;
