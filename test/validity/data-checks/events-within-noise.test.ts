import { describe, expect, it } from 'vitest';
import { publishedZ } from '../../../src/detectors/published-z.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { eventsWithinNoise } from '../../../src/validity/data-checks/events-within-noise.ts';
import { faultsOf } from './healthy-study.ts';

const length = 400;
const noise = (seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
};
/** Steps of ten standard deviations every ten measurements. */
const stepping = (seed: number): Float64Array =>
  noise(seed).map((value, i) => value + (Math.floor(i / 10) % 2 === 0 ? 0 : 10));
/** Increments beyond five robust standard deviations of white noise, a threshold that noise never reaches. */
const countLarge = (values: Float64Array): number =>
  values.filter((value, i) => i > 0 && Math.abs(value - values[i - 1]) > 5 * Math.SQRT2).length;

describe('counts of events', () => {
  const table = { name: 'jumps', run: null, opportunities: 10_000, threshold: 2 };
  const faults = (count: number) =>
    faultsOf(eventsWithinNoise, { runs: [], eventCounts: [{ ...table, count }] });

  it('are no evidence at the share that normal increments exceed, 4.55 % at two standard deviations', () => {
    expect(faults(455)).toMatchObject([{ severity: 'warning', value: 0.0455 }]);
    expect(faults(455)[0].message).toContain('4.55 %');
    expect(faults(180)).toHaveLength(1);
  });

  it('are evidence beyond it', () => {
    expect(faults(490)).toHaveLength(1);
    expect(faults(510)).toEqual([]);
  });

  it('are held against surrogates where series and rule are given', () => {
    const judged = (series: Float64Array[], countEvents: (values: Float64Array) => number) => {
      const count = series.reduce((sum, values) => sum + countEvents(values), 0);
      const opportunities = series.length * (length - 1);
      const eventCounts = [
        { name: 'jumps', run: null, count, opportunities, threshold: null, series, countEvents },
      ];
      return faultsOf(eventsWithinNoise, { runs: [], eventCounts });
    };
    const published = (values: Float64Array): number => {
      const detection = publishedZ({ steps: values.map((_, i) => i), values });
      return detection.testable ? detection.changes.length : 0;
    };
    expect(judged([1, 2, 3].map(noise), published)[0].message).toContain('surrogates without changes give');
    expect(judged([1, 2, 3].map(stepping), countLarge)).toEqual([]);
    expect(judged([1, 2, 3].map(noise), countLarge)).toHaveLength(1);
  });
});
