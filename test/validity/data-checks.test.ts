import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNdtFolder } from '../../src/imports/ndt/ndt-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { type ClaimedTables, dataChecks, factsOf, runDataChecks } from '../../src/validity/data-checks.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { healthyStudy } from './data-checks/healthy-study.ts';

/** Those that need a table of what is claimed; the others ask the runs alone. */
const tableChecks = dataChecks.slice(dataChecks.findIndex(({ name }) => name === 'dependent-groups'));

describe('the data checks', () => {
  it('each have a name of their own, a question, a reason and a threshold', () => {
    expect(new Set(dataChecks.map(({ name }) => name)).size).toBe(dataChecks.length);
    expect(dataChecks).toHaveLength(18);
    for (const { question, reason, threshold } of dataChecks) {
      expect(question).toMatch(/\?$/);
      expect(reason).toMatch(/\.$/);
      expect(`${threshold}`).toMatch(/\S/);
    }
  });

  it('find nothing in a healthy study', () => {
    expect(healthyStudy()).toHaveLength(8);
    expect(runDataChecks(factsOf(healthyStudy()))).toEqual([]);
  });

  it('find nothing in nothing', () => {
    expect(runDataChecks(factsOf([]))).toEqual([]);
  });

  it('look at what was measured in one run after another, so that each log is read once', () => {
    const looked: string[] = [];
    const runs = healthyStudy().map((run) => ({
      ...run,
      get layers() {
        return run.layers.map((layer) => ({
          ...layer,
          get series() {
            if (looked.at(-1) !== run.id) looked.push(run.id);
            return layer.series;
          },
        }));
      },
    }));
    const measured = dataChecks.slice(0, 3);
    expect(measured.map(({ name }) => name)).toEqual([
      'constant-metric',
      'metric-identities',
      'mean-dominated',
    ]);
    runDataChecks(factsOf(runs));
    expect(looked.slice(0, runs.length)).toEqual(runs.map(({ id }) => id));
  });

  it('know no study, run, data set or layer by its name', () => {
    const rename = (name: string) => [...name].reverse().join('');
    const faulty = healthyStudy().slice(1);
    const renamed = faulty.map((run) => ({
      ...run,
      id: rename(run.id),
      dataset: rename(run.dataset),
      architecture: rename(run.architecture),
      layers: run.layers.map((layer) => ({ ...layer, name: rename(layer.name) })),
    }));
    const outline = (runs: typeof faulty) =>
      runDataChecks(factsOf(runs)).map(({ check, severity, count, of, value }) => [
        check,
        severity,
        count,
        of,
        value,
      ]);
    expect(outline(faulty)).toEqual([['single-seed', 'warning', 1, 7, 1]]);
    expect(outline(renamed)).toEqual(outline(faulty));
  });
});

describe('a study whose tables are all at fault', () => {
  const runs = healthyStudy();
  const cloud = createRandom('cloud');
  const points = { data: Float64Array.from({ length: 100 }, () => cloud.normal()), count: 50, dimensions: 2 };
  const tables: ClaimedTables = {
    datasetRelations: [{ datasets: ['letters', 'shapes'], relation: 'is' }],
    events: [{ name: 'jumps', run: null, steps: [3, 7, 59], runLength: 600, measurements: 60 }],
    statistics: [{ name: 'mean', run: null, value: 0, inputs: [{ name: 'zeros', values: [0, 0] }] }],
    eventCounts: [{ name: 'jumps', run: null, count: 18, opportunities: 399, threshold: 2 }],
    shares: [{ name: 'falling loss', run: null, hits: 5, trials: 9, base: null }],
    tallies: [{ name: 'phases', total: 3, categories: [{ name: 'early', value: 2 }] }],
    comparisons: [
      {
        name: 'jumps',
        unit: 'runs',
        comparedBy: 'count',
        groups: [
          { name: 'mlp', count: 8, exposure: 4 },
          { name: 'cnn', count: 2, exposure: 1 },
        ],
      },
    ],
    clusterings: [{ name: 'types', points, labels: points.data.map((_, i) => i % 2).subarray(0, 50) }],
    checkpoints: [{ name: 'step 10', run: runs[0].id, tensors: [] }],
    layerLabels: [{ run: null, layer: 'network.0', label: 'attention output projection' }],
  };

  it('fails every check of tables once, in the order of the checks', () => {
    expect(runDataChecks(factsOf(runs, tables)).map(({ check }) => check)).toEqual(
      tableChecks.map(({ name }) => name),
    );
  });

  it('gives the same results each time', () => {
    expect(runDataChecks(factsOf(runs, tables))).toEqual(runDataChecks(factsOf(runs, tables)));
  });
});

describeWithSharedData('the published logs', 'ndt/runs', (folder) => {
  const results = runDataChecks(factsOf(readNdtFolder(folder)));

  it('fail six checks, each with one summary', () => {
    expect(results.map(({ check, severity, count, of }) => [check, severity, count, of])).toEqual([
      ['constant-metric', 'error', 400, 400],
      ['metric-identities', 'error', 400, 400],
      ['mean-dominated', 'warning', 160, 400],
      ['token-columns', 'warning', 126, 400],
      ['runs-at-chance', 'error', 11, 11],
      ['single-seed', 'warning', 55, 55],
    ]);
  });

  it('blame the logged stable rank, and the data set on which nothing was learned', () => {
    const [constant, identity, , , chance] = results;
    expect([constant.series, identity.series]).toEqual(['stable_rank.logged', 'stable_rank.logged']);
    expect(chance.runs.every((run) => run.endsWith('_ag_news'))).toBe(true);
  });
});

describeWithSharedData('the published tables', 'ndt', (folder) => {
  const runs = readNdtFolder(join(folder, 'runs'));
  const readJson = (name: string) => JSON.parse(readFileSync(join(folder, 'published', name), 'utf8'));
  const [header, ...rows] = readFileSync(join(folder, 'published/step1_2_all_jumps_detailed.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const steps = rows.map((row) => Number(row[header.indexOf('step')]));
  const checkOf = (tables: ClaimedTables) =>
    runDataChecks(factsOf(runs, tables)).filter(({ check }) =>
      tableChecks.some(({ name }) => name === check),
    );

  it('give indices for steps, and no more jumps than noise has', () => {
    expect(steps).toHaveLength(2991);
    const opportunities = 400 * 399;
    const results = checkOf({
      events: [{ name: 'jumps', run: null, steps, runLength: 2000, measurements: 400 }],
      eventCounts: [{ name: 'jumps', run: null, count: steps.length, opportunities, threshold: 2 }],
    });
    expect(results.map(({ check }) => check)).toEqual(['index-as-step', 'events-within-noise']);
    // Given by their true steps, the same jumps are in order.
    const events = [
      { name: 'jumps', run: null, steps: steps.map((i) => 5 * i), runLength: 2000, measurements: 400 },
    ];
    expect(checkOf({ events })).toEqual([]);
  });

  it('lose 252 jumps between early, mid and late, which the integrated report does not', () => {
    const tally = (total: number, counts: Record<string, number>) => ({
      name: 'jumps by phase',
      total,
      categories: Object.entries(counts).map(([name, value]) => ({ name, value })),
    });
    const { summary } = readJson('phase2_early_late_results.json');
    const { early_jumps, mid_jumps, late_jumps, total_jumps } = summary;
    const lossy = tally(total_jumps, { early_jumps, mid_jumps, late_jumps });
    expect(checkOf({ tallies: [lossy] })).toMatchObject([{ check: 'categories-do-not-add-up', value: 252 }]);
    expect(checkOf({ tallies: [tally(2991, { early: 2491, mid: 500, late: 0 })] })).toEqual([]);
  });
});
