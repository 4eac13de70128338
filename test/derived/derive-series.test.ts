import { describe, expect, it } from 'vitest';
import { canDerive, derivedSeries, deriveSeries, withSeries } from '../../src/derived/derive-series.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { readRun } from '../../src/measurements/log-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { smallDigits, smallPlan, temporaryFolder } from '../study/small-study.ts';

const folder = temporaryFolder();
const trained = async (changes: Parameters<typeof smallPlan>[0]): Promise<Run> => {
  const plan = smallPlan(changes);
  await executeRun(plan, smallDigits, runFiles(folder, plan));
  return readRun(folder, plan.id);
};
const even = await trained({ measurement: { every: 1, samples: 20 } });
const coarser = await trained({
  measurement: { every: [0, 1, 2, 3, 4, 6, 8, 10], samples: 20 },
  seeds: [1],
});

describe('series derived from logged spectra', () => {
  const [first] = even.layers;

  for (const [id] of first.series) {
    it(`are what was measured while training: ${id}`, () => {
      const [derived] = deriveSeries(even, id);
      expect(derived.values).toEqual(first.series.get(id)!.values);
      expect(derived.origin).toBe('derived');
    });
  }

  it('hold how fast the spectrum moves, and no value where there is nothing before', () => {
    const [{ values, undetermined }] = deriveSeries(even, 'spectral_velocity');
    const [before, after] = first.spectra!.centered!;
    const moved = Math.hypot(...after.map((value, i) => value - before[i]));
    expect(values[1]).toBeCloseTo(Math.log(moved / Math.hypot(...before)), 12);
    expect(values[0]).toBeNaN();
    expect(undetermined).toEqual([{ index: 0, reason: 'no measurement 1 steps before' }]);
  });

  it('compare spectra at one distance only, also where the spacing changes', () => {
    const [{ values, undetermined }] = deriveSeries(coarser, 'spectral_velocity');
    expect(undetermined.map(({ index }) => index)).toEqual([0, 1]);
    const same = trained({ measurement: { every: 2, samples: 20 }, seeds: [1] });
    return same.then((run) => {
      const [sparse] = deriveSeries(run, 'spectral_velocity');
      // Steps 2, 4, 6, 8 and 10 are in both.
      expect([2, 4, 5, 6, 7].map((index) => values[index])).toEqual([...sparse.values.subarray(1)]);
    });
  });

  it('can be analyzed under their name like any logged series', () => {
    const run = withSeries(even, 'spectral_velocity');
    expect(run.layers[0].series.get('spectral_velocity')!.values).toHaveLength(even.steps.length);
    expect(even.layers[0].series.has('spectral_velocity')).toBe(false);
    expect(analyzeStudy([even], { seriesId: 'spectral_velocity' }).seriesId).toBe('spectral_velocity');
    expect(() => analyzeStudy([even], { seriesId: 'spectral_velocty' })).toThrow(/spectral_velocity/);
  });

  it('are refused by name where the log has no spectra, or there is no such series', () => {
    const bare: Run = { ...even, layers: even.layers.map((layer) => ({ ...layer, spectra: null })) };
    expect(canDerive(bare, 'spectral_velocity')).toBe(false);
    expect(() => deriveSeries(bare, 'spectral_velocity')).toThrow(/holds no centered spectra of network\.0/);
    expect(() => deriveSeries(even, 'stable_rnk')).toThrow(/stable_rank/);
    expect([...derivedSeries.keys()]).not.toContain('participation_ratio_corrected.raw');
  });
});
