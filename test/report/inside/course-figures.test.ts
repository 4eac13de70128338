import { describe, expect, it } from 'vitest';
import type { Run, Track } from '../../../src/measurements/types.ts';
import { courseFigures } from '../../../src/report/inside/course-figures.ts';
import { exampleStudy } from '../example-study.ts';

const steps = Float64Array.of(0, 10, 20);

/** A track of filters in which some weights have some values. */
function filters(byWeight: Readonly<Record<string, readonly number[]>>): Track {
  return {
    id: 'filters',
    steps,
    subjects: Object.entries(byWeight).map(([name, values]) => ({
      ...{ name, rows: null, columns: null, singularValues: null },
      series: new Map([
        [
          'filter_orthogonality',
          { metric: 'filter_orthogonality', values: Float64Array.from(values), undetermined: [] },
        ],
      ]),
    })),
  } as unknown as Track;
}

const drawnOf = (...tracks: Track[]) => {
  const input = exampleStudy();
  const runs: Run[] = tracks.map((track, i) => ({
    ...input.runs[0],
    id: `run ${i}`,
    seed: i,
    tracks: [track],
  }));
  const group = {
    ...{ architecture: 'cnn', dataset: 'digits', conditions: '' },
    ...{ runs: runs.map(({ id }) => id), layers: [] },
  };
  const seedGroups = (runs.length > 1 ? [group] : []) as unknown as typeof input.analysis.seedGroups;
  return courseFigures({ ...input, runs, analysis: { ...input.analysis, seedGroups } });
};

describe('figures of mechanism tracks', () => {
  it('have the mean over the seeds and the range that they span', () => {
    const figures = drawnOf(filters({ conv: [0.2, 0.4, 0.6] }), filters({ conv: [0.4, 0.4, 0.8] }));
    expect([...figures.keys()]).toEqual(['filters-over-training-0']);
    const { reading, spec } = figures.get('filters-over-training-0')!;
    expect(reading).toContain('means over 2 seeds');
    const drawn = JSON.stringify(spec);
    const numbers = (pattern: RegExp) =>
      [...drawn.matchAll(pattern)].map((found) => found.slice(1).map(Number));
    const means = numbers(/"step":(\d+),"value":([\d.]+)/g).flatMap(([, value]) => value);
    [0.3, 0.4, 0.7].forEach((mean, i) => {
      expect(means[i]).toBeCloseTo(mean, 12);
    });
    expect(numbers(/"step":(\d+),"low":([\d.]+),"high":([\d.]+)/g)).toEqual([
      [0, 0.2, 0.4],
      [10, 0.4, 0.4],
      [20, 0.6, 0.8],
    ]);
  });

  it('of one run have no band, and no words about seeds', () => {
    const { reading, spec } = drawnOf(filters({ conv: [0.2, 0.4, 0.6] })).get('filters-over-training-0')!;
    expect(reading).not.toContain('seed');
    expect(JSON.stringify(spec)).not.toContain('"low":');
  });

  it('draw five of many weights, the first and the last with them, and say so', () => {
    const names = Array.from({ length: 11 }, (_, i) => `w${i}`);
    const figures = drawnOf(filters(Object.fromEntries(names.map((name) => [name, [1, 1, 1]]))));
    const { caption, spec } = figures.get('filters-over-training-0')!;
    expect(caption).toContain('5 of 11');
    const labels = new Set([...JSON.stringify(spec).matchAll(/"label":"(w\d+)"/g)].map(([, label]) => label));
    expect([...labels]).toEqual(['w0', 'w3', 'w5', 'w8', 'w10']);
  });

  it('are none where nothing could be measured', () => {
    expect(drawnOf(filters({ fc: [Number.NaN, Number.NaN, Number.NaN] })).size).toBe(0);
    expect(courseFigures(exampleStudy()).size).toBe(0);
  });
});
