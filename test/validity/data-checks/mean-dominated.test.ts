import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/measurements/types.ts';
import { meanDominated } from '../../../src/validity/data-checks/mean-dominated.ts';
import { faultsOf, healthyStudy, withSeries } from './healthy-study.ts';

const constant = (value: number) => (values: Float64Array) => values.map(() => value);

function rawOnly(run: Run): Run {
  return {
    ...run,
    layers: run.layers.map((layer) => ({
      ...layer,
      series: new Map([...layer.series].filter(([, { centering }]) => centering === 'none')),
    })),
  };
}

describe('metrics of uncentered activations', () => {
  const [run, ...rest] = healthyStudy();

  it('are doubted where only they are logged and the first singular value is nearly all', () => {
    const faults = faultsOf(meanDominated, {
      runs: [rawOnly(withSeries(run, 'stable_rank.raw', constant(1.05), 'network.2')), ...rest],
    });
    expect(faults).toMatchObject([
      { severity: 'warning', run: run.id, layer: 'network.2', value: 1.05, count: 1, of: 28 },
    ]);
  });

  it('are accepted above the threshold, and where centered values are beside them', () => {
    const dominated = withSeries(run, 'stable_rank.raw', constant(1.05));
    const accepted = [rawOnly(withSeries(run, 'stable_rank.raw', constant(1.26))), dominated, ...rest];
    expect(faultsOf(meanDominated, { runs: accepted })).toEqual([]);
    expect(faultsOf(meanDominated, { runs: accepted, analyzedSeries: ['stable_rank'] })).toEqual([]);
  });

  it('are doubted where findings rest on them although centering doubles them', () => {
    const centeredTwice = (factor: number): Run => {
      const centered = run.layers[0].series.get('stable_rank')!.values;
      return withSeries(run, 'stable_rank.raw', () => centered.map((value) => value / factor), 'network.0');
    };
    const analyzedSeries = ['participation_ratio.raw'];
    expect(faultsOf(meanDominated, { runs: [centeredTwice(1.9)], analyzedSeries })).toEqual([]);
    expect(faultsOf(meanDominated, { runs: [centeredTwice(2.1)], analyzedSeries })).toMatchObject([
      { layer: 'network.0', count: 1, of: 3 },
    ]);
  });

  it('are judged by other metrics where no stable rank is logged', () => {
    const without = (dominated: boolean): Run => {
      const raw = rawOnly(run);
      const layers = raw.layers.map((layer) => {
        const series = new Map(layer.series);
        series.delete('stable_rank.raw');
        return { ...layer, series };
      });
      // 1.5² / 2 = 1.125, 2² / 2 = 2.
      const both = withSeries({ ...raw, layers }, 'nuclear_norm_ratio.raw', constant(dominated ? 1.5 : 2));
      return withSeries(both, 'participation_ratio_singular.raw', constant(2));
    };
    expect(faultsOf(meanDominated, { runs: [without(false)] })).toEqual([]);
    expect(faultsOf(meanDominated, { runs: [without(true)] })).toMatchObject([{ value: 1.125, count: 3 }]);
  });
});
