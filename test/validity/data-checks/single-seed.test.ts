import { describe, expect, it } from 'vitest';
import { singleSeed } from '../../../src/validity/data-checks/single-seed.ts';
import { faultsOf, healthyStudy } from './healthy-study.ts';

describe('a condition with a single seed', () => {
  const runs = healthyStudy();

  it('is found, and named', () => {
    const faults = faultsOf(singleSeed, { runs: runs.slice(1) });
    expect(faults).toMatchObject([{ severity: 'warning', run: runs[1].id, count: 1, of: 7 }]);
    expect(faults[0].message).toContain('1 of 4 conditions');
    expect(faults[0].message).toContain('mlp_small on shapes');
  });

  it('is none with two', () => {
    expect(faultsOf(singleSeed, { runs })).toEqual([]);
  });

  it('is one where two runs have the same seed, or a single run has none logged', () => {
    const same = [runs[0], { ...runs[1], seed: runs[0].seed }];
    expect(faultsOf(singleSeed, { runs: same })).toMatchObject([{ count: 2 }]);
    const unlogged = faultsOf(singleSeed, { runs: [{ ...runs[0], seed: null }] });
    expect(unlogged[0].message).toContain('1 run without a logged seed');
  });
});
