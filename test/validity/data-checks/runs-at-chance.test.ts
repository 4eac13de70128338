import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/measurements/types.ts';
import { runsAtChance } from '../../../src/validity/data-checks/runs-at-chance.ts';
import { faultsOf, healthyStudy } from './healthy-study.ts';

const withAccuracy = (run: Run, accuracy: number, examples: number | null): Run => ({
  ...run,
  evaluations: [...run.evaluations, { step: 600, accuracy, examples }],
});

describe('runs that did not learn', () => {
  const runs = healthyStudy();
  const shapes = runs.filter(({ dataset }) => dataset === 'shapes');

  it('are an error where they are all of a data set', () => {
    const failed = runs.map((run) => (shapes.includes(run) ? withAccuracy(run, 0.12, 500) : run));
    const faults = faultsOf(runsAtChance, { runs: failed });
    expect(faults).toMatchObject([{ severity: 'error', run: null, value: 0.12, count: 4, of: 4 }]);
    expect(faults[0].runs).toEqual(shapes.map(({ id }) => id));
    expect(faults[0].message).toContain('shapes');
  });

  it('are a warning where others of the data set learned', () => {
    const faults = faultsOf(runsAtChance, { runs: [withAccuracy(runs[0], 0.1, 500), ...runs.slice(1)] });
    expect(faults).toMatchObject([{ severity: 'warning', run: runs[0].id, count: 1, of: 4 }]);
  });

  it('are judged by the interval of the accuracy, thus by the number of examples', () => {
    // Wilson's 99 % interval of 75 of 500 starts at 0.114; that of 15 of 100 at 0.081.
    const judged = (examples: number | null) =>
      faultsOf(runsAtChance, { runs: [withAccuracy(runs[0], 0.15, examples)] });
    expect(judged(500)).toEqual([]);
    expect(judged(100)).toHaveLength(1);
    expect(judged(null)).toHaveLength(1);
    expect(judged(null)[0].message).toContain('100 are assumed');
    expect(judged(100)[0].message).not.toContain('assumed');
  });

  it('are none where classes or accuracy are not logged', () => {
    const silent = [
      { ...withAccuracy(runs[0], 0.1, 500), classes: null },
      { ...runs[1], evaluations: [] },
    ];
    expect(faultsOf(runsAtChance, { runs: silent })).toEqual([]);
  });
});
