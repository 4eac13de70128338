import { brief } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

/** A breakdown that loses or doubles some of what it breaks down. */
export const categoriesDoNotAddUp: DataCheck = {
  name: 'categories-do-not-add-up',
  question: 'Do categories fail to add up to their total?',
  reason: 'Something fell into no category or into two, and every share of the breakdown is wrong by it.',
  threshold: 'a difference beyond half a unit of the last digit of every category and of the total',
  check({ tallies = [] }) {
    return tallies.flatMap(({ name, total, categories, resolution = 0 }) => {
      const sum = categories.reduce((all, { value }) => all + value, 0);
      const missing = total - sum;
      // Sums of decimal fractions are off by some last bits even where they were given exactly.
      const allowed = ((categories.length + 1) * resolution) / 2 + 1e-9 * Math.abs(total);
      if (Math.abs(missing) <= allowed) return [];
      const parts = categories.map((category) => `${category.name} ${brief(category.value)}`).join(', ');
      const verdict = missing > 0 ? `${brief(missing)} are in none` : `${brief(-missing)} are counted twice`;
      const message = `${name}: ${parts} add up to ${brief(sum)} of ${brief(total)}; ${verdict}`;
      return [faultIn([{ run: null }], 1, { check: this.name, severity: 'error', message, value: missing })];
    });
  },
};
