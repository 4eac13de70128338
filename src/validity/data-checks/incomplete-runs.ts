import { counted, someOf } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

/** Runs that were killed, or stopped because their loss was no number any more. */
export const incompleteRuns: DataCheck = {
  name: 'incomplete-runs',
  question: 'Are there runs that did not reach their planned end?',
  reason:
    'What would have happened late in training is missing, and a run that stopped itself may have diverged before.',
  threshold: 'a log without the mark of its planned end',
  check({ runs }) {
    const broken = runs.filter(({ complete }) => !complete);
    if (broken.length === 0) return [];
    const ends = broken.map(({ id, steps, plannedSteps, stopped }) => {
      const last = steps.length === 0 ? 'no step' : `step ${steps[steps.length - 1]}`;
      return `${id} ends at ${last} of ${plannedSteps}${stopped === null ? '' : ` (${stopped})`}`;
    });
    const message = `${broken.length} of ${counted(runs.length, 'run')} did not reach the planned end: ${someOf(ends)}`;
    const places = broken.map(({ id }) => ({ run: id }));
    return [faultIn(places, runs.length, { check: this.name, severity: 'warning', message })];
  },
};
