import { wilsonInterval } from '../../numerics/wilson-interval.ts';
import { brief, percent } from '../../wording/sentences.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

const CONFIDENCE = 0.95;

/** "Correlations" that are shares: 57 % of jumps go with a falling loss, when the loss falls in 55 % of all steps. */
export const shareWithoutBaseRate: DataCheck = {
  name: 'share-without-base-rate',
  question: 'Is a share reported as a relation without, or no different from, its base rate?',
  reason:
    'How often something holds where an event happened says nothing until it is known how often it holds anyway.',
  threshold: `no base rate, or one inside the ${percent(CONFIDENCE)} interval (Wilson) of the share`,
  check({ shares = [] }) {
    return shares.flatMap(({ name, run, hits, trials, base }) => {
      if (!(trials > 0)) return [];
      const share = hits / trials;
      const stated = `${name}: ${percent(share)} of ${brief(trials)}`;
      const fault = (message: string) => [
        faultIn([{ run }], 1, { check: this.name, severity: 'warning', message, value: share }),
      ];
      if (base === null || !(base.trials > 0)) return fault(`${stated} is given without its base rate`);
      const baseRate = base.hits / base.trials;
      const [low, high] = wilsonInterval(hits, trials, CONFIDENCE);
      if (baseRate < low || baseRate > high) return [];
      return fault(
        `${stated} (${percent(CONFIDENCE)} interval ${percent(low)} to ${percent(high)}) is not different from the ` +
          `base rate of ${percent(baseRate)}`,
      );
    });
  },
};
