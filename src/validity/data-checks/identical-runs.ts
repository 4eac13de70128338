import type { Run } from '../../measurements/types.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

const FEWEST_MEASUREMENTS = 10;
const DIGITS = 7;

/** Runs under different names whose losses are the same: a copy, or a seed that had no effect. */
export const identicalRuns: DataCheck = {
  name: 'identical-runs',
  question: 'Are there runs that are copies of each other?',
  reason: 'A copied run adds no evidence; where seeds differ, they had no effect on the training.',
  threshold: `equal losses at every measurement to ${DIGITS} digits, from ${FEWEST_MEASUREMENTS} measurements`,
  check({ runs }) {
    const byLoss = new Map<string, Run[]>();
    for (const run of runs) {
      if (run.loss.length < FEWEST_MEASUREMENTS || !run.loss.every(Number.isFinite)) continue;
      const key = Array.from(run.loss, (loss) => loss.toPrecision(DIGITS)).join();
      byLoss.set(key, [...(byLoss.get(key) ?? []), run]);
    }
    return [...byLoss.values()].flatMap((copies) => {
      if (copies.length < 2) return [];
      const message =
        `${counted(copies.length, 'run')} have the same loss at all ${copies[0].loss.length} measurements ` +
        `to ${DIGITS} digits: ${someOf(copies.map(({ id }) => id))}`;
      const places = copies.map(({ id }) => ({ run: id }));
      return [faultIn(places, runs.length, { check: this.name, severity: 'error', message })];
    });
  },
};
