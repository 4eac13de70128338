import { faultIn } from '../../../src/validity/data-checks/fault.ts';
import type { DataCheck } from '../../../src/validity/data-checks/types.ts';
import { counted, someOf } from '../../../src/wording/sentences.ts';

/** Runs that end with a larger loss than they began with. */
export const lossRises: DataCheck = {
  name: 'loss-rises',
  question: 'Are there runs whose loss rises?',
  reason: 'What changes in a network that diverges says nothing of one that learns.',
  threshold: 'last loss above the first',
  check({ runs }) {
    const rising = runs.filter(({ loss }) => loss.length > 1 && loss[loss.length - 1] > loss[0]);
    if (rising.length === 0) return [];
    const message = `${counted(rising.length, 'run')} of ${runs.length} end above the loss they began with: ${someOf(rising.map(({ id }) => id))}`;
    const places = rising.map(({ id }) => ({ run: id }));
    return [faultIn(places, runs.length, { check: this.name, severity: 'warning', message })];
  },
};
