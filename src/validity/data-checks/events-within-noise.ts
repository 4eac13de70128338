import { clopperPearsonInterval } from '../../numerics/clopper-pearson-interval.ts';
import { normalCdf } from '../../numerics/normal-distribution.ts';
import { permutationPValue } from '../../numerics/permutation-p-value.ts';
import { permutation, type Random } from '../../numerics/random.ts';
import { brief, percent } from '../../wording/sentences.ts';
import { trendAndPhases } from '../null-models/surrogates-of.ts';
import type { EventCount } from './facts.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

const CONFIDENCE = 0.95;
/** Surrogates of each series; the smallest p-value is 1/40. */
const SURROGATES = 39;
/** Of more series than these, so many are drawn. */
const MOST_SERIES = 10;

/** Counts of "jumps" that a world without jumps would have given as well. */
export const eventsWithinNoise: DataCheck = {
  name: 'events-within-noise',
  question: 'Are counted events no more than noise would give?',
  reason:
    'A threshold of z standard deviations is exceeded by a fixed share of the increments of any series. Only what ' +
    'goes beyond that share, or beyond surrogates without changes, can count as evidence.',
  threshold:
    `the ${percent(CONFIDENCE)} interval of the share reaches down to the share expected of normal increments, or ` +
    `p > ${brief(1 - CONFIDENCE)} against phase-randomized surrogates`,
  check({ eventCounts = [] }, rng) {
    return eventCounts.flatMap((table) => {
      const grounds = [againstNormal(table), againstSurrogates(table, rng.fork(table.name))].filter(
        (ground) => ground !== null,
      );
      if (grounds.length === 0) return [];
      const { name, run, count, opportunities } = table;
      const share = count / opportunities;
      const message =
        `${name}: ${brief(count)} events in ${brief(opportunities)} increments (${percent(share)}); ` +
        grounds.join('; ');
      return [faultIn([{ run }], 1, { check: this.name, severity: 'warning', message, value: share })];
    });
  },
};

function againstNormal({ count, opportunities, threshold }: EventCount): string | null {
  if (threshold === null || !(opportunities > 0)) return null;
  const expected = 2 * normalCdf(-threshold);
  const [low] = clopperPearsonInterval(count, opportunities, CONFIDENCE);
  if (low > expected) return null;
  return `normal increments alone exceed ${threshold} sd in ${percent(expected)}`;
}

/** Surrogates keep the trend, the changing scale and the dependence of each series, and have no jumps of their own. */
function againstSurrogates({ series = [], countEvents }: EventCount, rng: Random): string | null {
  const usable = series.filter((values) => values.length > 2 && values.every(Number.isFinite));
  if (countEvents === undefined || usable.length === 0) return null;
  const drawn = Array.from(permutation(usable.length, rng).subarray(0, MOST_SERIES), (i) => usable[i]);
  const total = (values: readonly Float64Array[]): number =>
    values.reduce((sum, one) => sum + countEvents(one), 0);
  const observed = total(drawn);
  const counts = Array.from({ length: SURROGATES }, (_, b) =>
    total(drawn.map((values, i) => trendAndPhases(values, rng.fork(`${b}/${i}`)))),
  );
  const pValue = permutationPValue(counts.filter((count) => count >= observed).length, SURROGATES);
  if (pValue <= 1 - CONFIDENCE) return null;
  const expected = counts.reduce((sum, count) => sum + count, 0) / SURROGATES;
  return `surrogates without changes give ${brief(expected)} where ${brief(observed)} were counted (p = ${brief(pValue)})`;
}
