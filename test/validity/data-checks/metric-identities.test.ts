import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer, Run } from '../../../src/measurements/types.ts';
import { type MetricName, metrics } from '../../../src/spectra/metrics.ts';
import { metricIdentities } from '../../../src/validity/data-checks/metric-identities.ts';
import { faultsOf, healthyStudy, withLayer, withSeries } from './healthy-study.ts';

const [healthy] = healthyStudy();
const times = (factor: number) => (values: Float64Array) => values.map((value) => factor * value);
const faults = (run: Run) => faultsOf(metricIdentities, { runs: [run] });

describe('metrics that contradict each other', () => {
  it('are found where the stable rank is not nuclear norm ratio² / participation ratio', () => {
    // Raw stable ranks stay below every bound: only the identity tells.
    const found = faults(withSeries(healthy, 'stable_rank.raw', times(0.99), 'network.0'));
    expect(found).toMatchObject([
      { severity: 'error', run: healthy.id, layer: 'network.0', series: 'stable_rank.raw', count: 1, of: 3 },
    ]);
    expect(found[0].message).toContain('stable_rank = nuclear_norm_ratio² / participation_ratio_singular');
    expect(found[0].value).toBeCloseTo(0.01 / 0.99, 10);
  });

  it('are none where they differ by the rounding of float32', () => {
    expect(faults(withSeries(healthy, 'stable_rank.raw', times(1 + 1e-6)))).toEqual([]);
  });

  it('are found where a rank is below 1', () => {
    const found = faults(withSeries(healthy, 'rank_90', (values) => values.map(() => 0)));
    expect(found).toMatchObject([{ series: 'rank_90', count: 3, value: 1 }]);
  });

  it('are found where a rank exceeds rows or columns, and centering takes one row', () => {
    const full = withSeries(healthy, 'effective_rank', (values) => values.map(() => 16), 'network.0');
    const of = (size: Partial<Layer>) => faults(withLayer(full, 'network.0', () => size));
    expect(of({ samples: 17, features: 16 })).toEqual([]);
    expect(of({ samples: 16, features: 16 })).toMatchObject([{ series: 'effective_rank', count: 1 }]);
    expect(of({ samples: 17, features: 15 })).toMatchObject([{ series: 'effective_rank', count: 1 }]);
    expect(of({ samples: null, features: 15 })).toEqual([]);
  });

  it.each([
    ['participation_ratio', 'stable_rank'],
    ['nuclear_norm_ratio', 'stable_rank'],
    ['participation_ratio_singular', 'nuclear_norm_ratio'],
    ['participation_ratio_singular', 'participation_ratio'],
    ['effective_rank', 'participation_ratio_singular'],
  ])('are found where %s is below %s', (larger, smaller) => {
    const low = healthy.layers[0].series.get(smaller)!.values.map((value) => Math.max(1, 0.98 * value));
    const found = faults(withSeries(healthy, larger, () => low, 'network.0'));
    expect(found.map(({ message }) => message).join('\n')).toContain(`${smaller} <= ${larger}`);
  });

  it('are found in a series whose centering is not logged only if neither reading fits', () => {
    const logged = (values: Float64Array): Run =>
      withLayer(healthy, 'network.0', ({ series }) => ({
        series: new Map(series).set('stable_rank.logged', {
          metric: 'stable_rank',
          centering: null,
          origin: 'logged',
          values,
          undetermined: [],
        }),
      }));
    const { series } = healthy.layers[0];
    expect(faults(logged(series.get('stable_rank')!.values))).toEqual([]);
    expect(faults(logged(series.get('stable_rank.raw')!.values))).toEqual([]);
    const ones = series.get('stable_rank')!.values.map(() => 1);
    expect(faults(logged(ones))).toMatchObject([{ series: 'stable_rank.logged', count: 1, of: 1 }]);
  });

  it('are none for the metrics of any singular values', () => {
    const names = [
      'stable_rank',
      'participation_ratio',
      'participation_ratio_singular',
      'nuclear_norm_ratio',
    ];
    const positive = fc.double({ min: 1e-4, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1, maxLength: 16 }), (drawn) => {
        const spectrum = {
          singularValues: Float64Array.from(drawn).sort().reverse(),
          samples: 64,
          features: 16,
          centering: 'none' as const,
          reliable: drawn.length,
          rowFourthMoment: Number.NaN,
        };
        let run = healthy;
        for (const name of [...names, 'effective_rank', 'rank_90']) {
          const result = metrics[name as MetricName](spectrum);
          if (!result.determined) throw new Error(result.reason);
          run = withSeries(run, `${name}.raw`, (values) => values.map(() => result.value), 'network.0');
        }
        expect(faults(run)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
