import { describe, expect, it } from 'vitest';
import { constantMetric } from '../../../src/validity/data-checks/constant-metric.ts';
import { faultsOf, healthyStudy, withSeries } from './healthy-study.ts';

const id = 'stable_rank';
const wobble = (size: number) => (values: Float64Array) => values.map((_, i) => 1 - size * ((i * 7919) % 13));

describe('a metric that does not vary beyond rounding', () => {
  it('is an error where no layer varies', () => {
    const runs = healthyStudy().map((run) => withSeries(run, id, wobble(1e-11)));
    const faults = faultsOf(constantMetric, { runs });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ severity: 'error', series: id, run: null, count: 28, of: 28 });
    expect(faults[0].runs).toHaveLength(8);
    expect(faults[0].value).toBeCloseTo(12e-11, 14);
  });

  it('is none where it varies by a little more than rounding', () => {
    const runs = healthyStudy().map((run) => withSeries(run, id, wobble(1e-7)));
    expect(faultsOf(constantMetric, { runs })).toEqual([]);
  });

  it('is a warning in a single layer, named', () => {
    const [first, ...rest] = healthyStudy();
    const faults = faultsOf(constantMetric, {
      runs: [withSeries(first, id, wobble(0), 'network.2'), ...rest],
    });
    expect(faults).toMatchObject([
      { severity: 'warning', run: first.id, layer: 'network.2', series: id, count: 1, of: 28 },
    ]);
  });

  it('may be a whole number that stays the same in some layers, but not in all', () => {
    const [first, ...rest] = healthyStudy();
    const fixed = (values: Float64Array) => values.map(() => 3);
    const some = [withSeries(first, 'rank_90', fixed), ...rest];
    const all = [first, ...rest].map((run) => withSeries(run, 'rank_90', fixed));
    expect(faultsOf(constantMetric, { runs: some })).toEqual([]);
    expect(faultsOf(constantMetric, { runs: all })).toMatchObject([{ severity: 'error', series: 'rank_90' }]);
  });

  it('is not looked for in missing values', () => {
    const missing = (values: Float64Array) => values.map((_, i) => (i < 9 ? 1 : Number.NaN));
    const runs = healthyStudy().map((run) => withSeries(run, id, missing));
    expect(faultsOf(constantMetric, { runs })).toEqual([]);
  });
});
