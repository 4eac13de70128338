import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { studyFactors } from '../../src/measurements/factors.ts';
import { formatManifest, parseManifest } from '../../src/measurements/manifest.ts';
import type { Run } from '../../src/measurements/types.ts';
import { withFactors } from '../../src/report/tables/with-factors.ts';
import { factorsOf } from '../../src/study/plan-factors.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { formatCsv } from '../../src/tables/csv.ts';
import { table } from '../../src/tables/table.ts';
import { smallStudy } from '../study/small-study.ts';
import { sampleManifest } from './fixtures.ts';

const study = smallStudy({
  seeds: [0, 1],
  grid: { learningRate: [0.001, 0.01] },
  conditions: { control: [], slower: [{ at: 6, set: { batchSize: 8 } }] },
});
const plans = planRuns(study);
const planned = factorsOf(study, plans)!;
const steps = Float64Array.from({ length: 60 }, (_, i) => 5 * i);

/** The runs as their logs would be. */
const runs = plans.map(
  (plan, r): Run => ({
    ...runOf({
      id: plan.id,
      steps,
      layers: { first: { stable_rank: steps.map((step) => 5 + Math.sin(step + r)) } },
      seed: plan.seed,
    }),
    hyperparameters: { learningRate: plan.training.learningRate },
  }),
);

describe('the factors of a study', () => {
  it('are the options of its grid and its conditions, with the value of every run', () => {
    expect(Object.keys(planned)).toEqual(['learningRate', 'condition']);
    for (const { id, training, condition } of plans) {
      expect(planned.learningRate[id]).toBe(training.learningRate);
      expect(planned.condition[id]).toBe(condition);
    }
    const plain = smallStudy();
    expect(factorsOf(plain, planRuns(plain))).toBeUndefined();
  });

  it('stand in the manifest and read back', () => {
    const manifest = { ...sampleManifest(plans.map(({ id }) => id)), factors: planned };
    const read = parseManifest(formatManifest(manifest), 'manifest.json');
    expect(read.factors).toEqual(planned);
    expect(studyFactors(read, [])).toEqual(planned);
    const odd = { ...manifest, factors: { learningRate: { '../x': 1 } } };
    expect(() => formatManifest(odd as never)).toThrow(/factors/);
  });

  it('are derived from the settings of older manifests', () => {
    expect(studyFactors({ settings: study }, runs)).toEqual(planned);
    expect(studyFactors({ settings: {} }, runs)).toEqual({});
    expect(studyFactors({ settings: { grid: 'none', conditions: null } }, runs)).toEqual({});
  });

  it('are a column each of every table of runs', () => {
    const column = { name: 'run', type: 'text', meaning: 'the run', of: ({ id }: Run) => id } as const;
    const written = withFactors(table('runs', 'one run', [column], runs), planned);
    expect(formatCsv(written).split(/\r?\n/).slice(0, 2)).toEqual([
      'run,learning_rate,condition',
      `${runs[0].id},0.001,control`,
    ]);
    const groups = table('groups', 'one', [{ ...column, name: 'group' }], runs);
    expect(withFactors(groups, planned)).toBe(groups);
    const twice = table('runs', 'one run', [column, { ...column, name: 'condition' }], runs);
    expect(withFactors(twice, planned).columns.map(({ name }) => name)).toContain('factor_condition');
  });

  it('keep runs of different conditions apart, and rates are taken by them', () => {
    const { seedGroups, rates } = analyzeStudy(runs, { seriesId: 'stable_rank', factors: planned });
    expect(seedGroups.map(({ conditions }) => conditions)).toEqual([
      'learningRate 0.001, condition control',
      'learningRate 0.001, condition slower',
      'learningRate 0.01, condition control',
      'learningRate 0.01, condition slower',
    ]);
    expect(rates.filter(({ by }) => by === 'condition').map(({ group, runs: n }) => [group, n])).toEqual([
      ['control', 4],
      ['slower', 4],
    ]);
  });
});
