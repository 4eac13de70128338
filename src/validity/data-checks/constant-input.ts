import { brief } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';
import { ROUNDING, variationOf } from './variation.ts';

/** Correlations, means of changes and the like, computed from something that never changes. */
export const constantInput: DataCheck = {
  name: 'constant-input',
  question: 'Was a statistic computed from input that is constant?',
  reason:
    'A correlation with a constant is not defined, and a mean or a spread of rounding errors says nothing of the ' +
    'quantity it is named after.',
  threshold: `an input with at least two values and a range of at most ${brief(ROUNDING)} of its value`,
  check({ statistics = [] }) {
    return statistics.flatMap(({ name, run, value, inputs }) => {
      const constant = inputs.filter((input) => {
        const { points, relativeRange } = variationOf(input.values);
        return points >= 2 && relativeRange <= ROUNDING;
      });
      if (constant.length === 0) return [];
      const stated =
        value === null || Number.isNaN(value)
          ? 'is not defined'
          : `is given as ${brief(value)} but means nothing`;
      const message =
        `${name} ${stated}: ${constant.map((input) => input.name).join(' and ')} does not vary beyond rounding ` +
        `(threshold ${brief(ROUNDING)} of its value)`;
      return [faultIn([{ run }], 1, { check: this.name, severity: 'error', message })];
    });
  },
};
