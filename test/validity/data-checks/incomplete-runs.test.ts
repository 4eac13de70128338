import { describe, expect, it } from 'vitest';
import { incompleteRuns } from '../../../src/validity/data-checks/incomplete-runs.ts';
import { faultsOf, healthyStudy } from './healthy-study.ts';

describe('runs without their planned end', () => {
  const runs = healthyStudy();

  it('are found, with where and why they stopped', () => {
    const broken = { ...runs[0], complete: false, stopped: 'the loss became NaN' };
    const faults = faultsOf(incompleteRuns, { runs: [broken, ...runs.slice(1)] });
    expect(faults).toMatchObject([{ severity: 'warning', run: runs[0].id, count: 1, of: 8 }]);
    expect(faults[0].message).toContain('ends at step 590 of 600 (the loss became NaN)');
  });

  it('are none in a study that was trained to its end', () => {
    expect(faultsOf(incompleteRuns, { runs })).toEqual([]);
  });
});
