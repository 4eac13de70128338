import { describe, expect, it } from 'vitest';
import { identicalRuns } from '../../../src/validity/data-checks/identical-runs.ts';
import { faultsOf, healthyStudy } from './healthy-study.ts';

describe('runs that are copies of each other', () => {
  const runs = healthyStudy();

  it('are found under different names', () => {
    const copy = { ...runs[1], loss: runs[0].loss.map((loss) => loss * (1 + 1e-12)) };
    const faults = faultsOf(identicalRuns, { runs: [runs[0], copy, ...runs.slice(2)] });
    expect(faults).toMatchObject([{ severity: 'error', count: 2, of: 8, runs: [runs[0].id, runs[1].id] }]);
  });

  it('are none where one measurement differs', () => {
    const twin = { ...runs[1], loss: runs[0].loss.map((loss, i) => (i === 30 ? loss * 1.0001 : loss)) };
    expect(faultsOf(identicalRuns, { runs: [runs[0], twin, ...runs.slice(2)] })).toEqual([]);
  });
});
