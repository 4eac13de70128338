import { describe, expect, it } from 'vitest';
import { dependentGroups } from '../../../src/validity/data-checks/dependent-groups.ts';
import { faultsOf, healthyStudy } from './healthy-study.ts';

describe('data sets that are not independent', () => {
  const runs = healthyStudy();

  it('are found where they are declared', () => {
    const relation = 'is a new labeling of';
    const faults = faultsOf(dependentGroups, {
      runs,
      datasetRelations: [{ datasets: ['letters', 'shapes'], relation }],
    });
    expect(faults).toMatchObject([{ severity: 'warning', count: 8, of: 8 }]);
    expect(faults[0].message).toContain('letters is a new labeling of shapes');
  });

  it('are none where the related data set is not in the study', () => {
    const datasetRelations = [{ datasets: ['letters', 'signs'] as const, relation: 'shares examples with' }];
    expect(faultsOf(dependentGroups, { runs, datasetRelations })).toEqual([]);
  });

  it('are found where their probes are the same examples', () => {
    const letters = runs.findIndex(({ dataset }) => dataset === 'letters');
    const shared = runs.with(letters, { ...runs[letters], probe: runs[0].probe });
    expect(faultsOf(dependentGroups, { runs: shared })).toMatchObject([
      { severity: 'warning', runs: [runs[0].id, runs[letters].id], count: 2 },
    ]);
  });

  it('are none where runs on one data set share a probe, or none was taken', () => {
    const oneProbe = runs.map((run) => ({
      ...run,
      probe: run.dataset === 'shapes' ? runs[0].probe : { examples: [1], sha256: null },
    }));
    expect(faultsOf(dependentGroups, { runs: oneProbe })).toEqual([]);
  });
});
