import { jumpRate, rateRatio } from '../../dynamics/rates.ts';
import { brief } from '../../wording/sentences.ts';
import type { Comparison } from './facts.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

/** Exposures that differ by less hardly change a ratio of counts. */
const MOST_EXPOSURE_RATIO = 1.1;

/** Counts of groups set against each other although one group was looked at longer, or in more layers. */
export const countsWithoutExposure: DataCheck = {
  name: 'counts-without-exposure',
  question: 'Are counts compared without how much was looked at?',
  reason: 'Twice the runs, layers or steps give twice the events. Only rates can be compared.',
  threshold: `counts whose exposures differ by more than ${MOST_EXPOSURE_RATIO} times, or are not stated`,
  check({ comparisons = [] }) {
    return comparisons.flatMap((comparison) => {
      const { name, unit, comparedBy, groups } = comparison;
      if (comparedBy !== 'count' || groups.length < 2) return [];
      const counts = groups.map((group) => `${group.name} ${brief(group.count)}`).join(', ');
      const unknown = groups.filter(({ exposure }) => exposure === null || !(exposure > 0));
      const fault = (message: string, value: number | null) => [
        faultIn([{ run: null }], 1, { check: this.name, severity: 'warning', message, value }),
      ];
      if (unknown.length > 0) {
        const names = unknown.map((group) => group.name).join(', ');
        return fault(
          `${name.replace(/\.$/, '')}: counts (${counts}) are compared without the ${unit} of ${names}`,
          null,
        );
      }
      const exposures = groups.map(({ exposure }) => exposure as number);
      const ratio = Math.max(...exposures) / Math.min(...exposures);
      if (ratio <= MOST_EXPOSURE_RATIO) return [];
      return fault(
        `${name.replace(/\.$/, '')}: counts (${counts}) are compared although their ${unit} differ ${brief(ratio)} times ` +
          `(threshold ${MOST_EXPOSURE_RATIO}); ${ratesOf(comparison)}`,
        ratio,
      );
    });
  },
};

function ratesOf({ unit, groups }: Comparison): string {
  const rates = groups.map(
    ({ name, count, exposure }) => `${name} ${brief((1000 * count) / (exposure as number))}`,
  );
  const [a, b] = groups.map(({ count, exposure }) => jumpRate(count, exposure as number));
  const ratio = groups.length === 2 ? rateRatio(a, b) : null;
  const compared = ratio?.determined
    ? `, a ratio of ${brief(ratio.ratio)} (95 % interval ${brief(ratio.interval[0])} to ${brief(ratio.interval[1])})`
    : '';
  return `per 1,000 ${unit}: ${rates.join(', ')}${compared}`;
}
