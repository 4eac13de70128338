import { describe, expect, it } from 'vitest';
import { LOSS } from '../../../../src/report/loss-choice.ts';
import { colorGroups } from '../../../../src/report/page/compare/color-levels.ts';
import { curvesOfRuns } from '../../../../src/report/page/compare/curves-of-runs.ts';
import { meanAndRange } from '../../../../src/report/page/compare/pooled.ts';
import { facetsOf, filteredRuns, shownRuns } from '../../../../src/report/page/compare/run-filter.ts';
import type { LoadedRun } from '../../../../src/report/page/compare/series.ts';
import type { StudyData } from '../../../../src/report/study-data.ts';

const marks = { stretches: [], turns: [['peak', 5]] as const, stable: null };

/** Two networks, two seeds of the first at each of two rates, one of the second. */
const study: StudyData = {
  analyzed: 'rank',
  metrics: { rank: 'Rank', [LOSS]: 'Loss' },
  thinned: [],
  factors: ['rate'],
  networks: [
    ['in', 'out'],
    ['in', 'mid', 'fc'],
  ],
  conditions: [
    { title: 'mlp, digits, rate 0.1', marks: [null, marks] },
    { title: 'mlp, digits, rate 0.01', marks: null },
    { title: 'cnn, digits', marks: null },
  ],
  runs: [
    ...[0, 1].map((seed) => ({
      ...{ id: `mlp_fast_${seed}`, architecture: 'mlp', dataset: 'digits', seed, levels: [0.1] },
      ...{ network: 0, condition: 0 },
    })),
    ...[0, 1].map((seed) => ({
      ...{ id: `mlp_slow_${seed}`, architecture: 'mlp', dataset: 'digits', seed, levels: [0.01] },
      ...{ network: 0, condition: 1 },
    })),
    { id: 'cnn', architecture: 'cnn', dataset: 'digits', seed: 0, levels: [null], network: 1, condition: 2 },
  ],
};

function loaded(index: number, base: number): LoadedRun {
  const steps = Float32Array.of(0, 5, 10);
  return {
    ...{ index, steps, loss: Float32Array.of(3, 2, 1) },
    layers: study.networks[study.runs[index].network].map((name, l) => ({
      ...{ name, marks },
      series: new Map([['rank', { steps, values: Float32Array.of(base + l, base + l + 1, base + l) }]]),
    })),
  };
}
const runs = [0, 1, 2, 3, 4].map((index) => loaded(index, 10 * index));
const view = { metric: 'rank', layers: 'all', color: 'run', pool: 'none', smoothing: 1 } as const;

describe('the runs of a chart', () => {
  it('are told apart by what differs between them', () => {
    expect([...facetsOf(study).keys()]).toEqual(['architecture', 'seed', 'rate']);
  });

  it('are those with a text in their names and with given levels, or chosen ones', () => {
    const where = new Map([['rate', '0.1']]);
    expect(filteredRuns(study, { search: 'MLP', where: new Map([['seed', '1']]) })).toEqual([1, 3]);
    expect(filteredRuns(study, { search: '', where })).toEqual([0, 1]);
    expect(filteredRuns(study, { search: '', where: new Map([['weather', 'fine']]) })).toEqual([]);
    expect(shownRuns(study, { search: '', where, runs: ['cnn', 'mlp_fast_0'] })).toEqual([0, 4]);
    const many = { ...study, runs: Array.from({ length: 40 }, () => study.runs[0]) };
    expect(shownRuns(many, { search: '', where: new Map(), runs: null })).toHaveLength(12);
  });
});

describe('the curves of a chart', () => {
  it('are each layer of each run, with the marks of the series that was analyzed', () => {
    const { curves, levels } = curvesOfRuns(study, runs.slice(3), view);
    expect(curves.map(({ label, group }) => [label, group])).toEqual([
      ['mlp_slow_1, in', 0],
      ['mlp_slow_1, out', 0],
      ['cnn, in', 1],
      ['cnn, mid', 1],
      ['cnn, fc', 1],
    ]);
    expect(curves[0].facts).toEqual({
      ...{ run: 'mlp_slow_1', architecture: 'mlp', dataset: 'digits', seed: 1, rate: 0.01, layer: 'in' },
    });
    expect(curves[0].marks).toBe(marks);
    expect(levels.map(({ label }) => label)).toEqual(['mlp_slow_1', 'cnn']);
    const loss = curvesOfRuns(study, runs, { ...view, metric: LOSS }).curves;
    expect(loss).toHaveLength(5);
    expect(loss[0].marks).toBeNull();
  });

  it('are of the layers chosen by place or by name', () => {
    const labels = (layers: 'first' | 'last' | string[]): string[] =>
      curvesOfRuns(study, [runs[0], runs[4]], { ...view, layers }).curves.map(({ label }) => label);
    expect(labels('first')).toEqual(['mlp_fast_0', 'cnn']);
    expect(labels('last')).toEqual(['mlp_fast_0, out', 'cnn, fc']);
    expect(labels(['mid'])).toEqual(['cnn']);
  });

  it('are means over the seeds of a condition, which carry the marks of the mean where all seeds are in it', () => {
    const { curves } = curvesOfRuns(study, runs, { ...view, pool: 'seeds' });
    expect(curves[1].label).toBe('mlp, digits, rate 0.1, out (2 runs)');
    expect([...curves[1].values]).toEqual([6, 7, 6]);
    expect([...(curves[1].band?.low ?? [])]).toEqual([1, 2, 1]);
    expect([...(curves[1].band?.high ?? [])]).toEqual([11, 12, 11]);
    expect(curves[1].marks).toBe(marks);
    expect(curvesOfRuns(study, runs.slice(1), { ...view, pool: 'seeds' }).curves[1].marks).toBeNull();
  });

  it('are means over the runs of a color, the last layers together whatever they are called', () => {
    const choice = { ...view, pool: 'color', color: 'architecture', layers: 'last' } as const;
    const { curves, levels } = curvesOfRuns(study, runs, choice);
    expect(curves.map(({ label }) => label)).toEqual([
      'architecture mlp (4 runs)',
      'architecture cnn (1 run)',
    ]);
    expect([...curves[0].values]).toEqual([16, 17, 16]);
    expect(levels).toHaveLength(2);
  });

  it('keep the measured values beside the smoothed ones', () => {
    const { curves } = curvesOfRuns(study, runs.slice(0, 1), { ...view, smoothing: 3 });
    expect([...(curves[0].raw ?? [])]).toEqual([0, 1, 0]);
    expect([...curves[0].values]).toEqual([0, Math.fround(1 / 3), 0]);
  });
});

describe('the colors of a chart', () => {
  it('follow each other where levels do, and are dashed beyond eight where they do not', () => {
    const byRate = curvesOfRuns(study, runs, { ...view, color: 'rate' }).levels;
    expect(byRate.map(({ label }) => label)).toEqual(['rate 0.01', 'rate 0.1', 'rate not recorded']);
    const names = Array.from({ length: 9 }, (_, i) => ({
      key: `${i}`,
      label: `${i}`,
      order: i,
      isOrdered: false,
    }));
    const groups = colorGroups(names);
    expect(groups[8].color).toEqual(groups[0].color);
    expect([groups[0].dash, groups[8].dash]).toEqual([[], [7, 3]]);
    expect(new Set(colorGroups(byRate).map(({ color }) => color.dark)).size).toBe(3);
  });
});

describe('a mean over runs', () => {
  it('is had at every step that any of them measured and all reach, between measurements from the line', () => {
    const a = { steps: Float32Array.of(0, 10, 20), values: Float32Array.of(0, 10, 20) };
    const b = { steps: Float32Array.of(5, 10, 15), values: Float32Array.of(1, 2, Number.NaN) };
    const { steps, values, band } = meanAndRange([a, b]);
    expect([...steps]).toEqual([5, 10, 15]);
    expect([...values]).toEqual([3, 6, Number.NaN]);
    expect([...(band?.low ?? [])]).toEqual([1, 2, Number.NaN]);
  });

  it('is empty where the runs share no steps', () => {
    const a = { steps: Float32Array.of(0, 10), values: Float32Array.of(0, 10) };
    const b = { steps: Float32Array.of(20, 30), values: Float32Array.of(1, 2) };
    expect(meanAndRange([a, b]).steps).toHaveLength(0);
  });
});
