import { groupBy } from '../../numerics/group-by.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

const FEWEST_SEEDS = 2;

/** Conditions that were tried once. Runs whose seed is not logged count as one seed each. */
export const singleSeed: DataCheck = {
  name: 'single-seed',
  question: 'Are there conditions with a single seed?',
  reason:
    'One run shows what happened once. Without a second seed nothing tells a property of the architecture or the ' +
    'data set from chance.',
  threshold: `fewer than ${FEWEST_SEEDS} seeds for an architecture on a data set`,
  check({ runs }) {
    const conditions = groupBy(runs, ({ architecture, dataset }) => `${architecture} on ${dataset}`);
    const lone = [...conditions].filter(
      ([, members]) => new Set(members.map(({ seed, id }) => seed ?? id)).size < FEWEST_SEEDS,
    );
    if (lone.length === 0) return [];
    const members = lone.flatMap(([, one]) => one);
    const unlogged = members.filter(({ seed }) => seed === null).length;
    const message =
      `${lone.length} of ${counted(conditions.size, 'condition')} (architecture × data set) ` +
      `${lone.length === 1 ? 'has' : 'have'} a single seed, threshold ${FEWEST_SEEDS}: ` +
      `${someOf(lone.map(([name]) => name))}${unlogged > 0 ? `; ${counted(unlogged, 'run')} without a logged seed` : ''}`;
    const places = members.map(({ id }) => ({ run: id }));
    return [faultIn(places, runs.length, { check: this.name, severity: 'warning', message, value: 1 })];
  },
};
