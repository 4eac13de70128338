import { describe, expect, it } from 'vitest';
import { constantInput } from '../../../src/validity/data-checks/constant-input.ts';
import { faultsOf } from './healthy-study.ts';

const statistic = (values: number[], value: number | null) => ({
  name: 'correlation of depth and stabilization',
  run: 'a',
  value,
  inputs: [
    { name: 'depth', values: [0, 1, 2, 3] },
    { name: 'stabilization', values },
  ],
});

describe('a statistic of constant input', () => {
  it('is found, whatever value was given for it', () => {
    const faults = faultsOf(constantInput, { runs: [], statistics: [statistic([0, 0, 0, 0], Number.NaN)] });
    expect(faults).toMatchObject([{ severity: 'error', run: 'a' }]);
    expect(faults[0].message).toContain('is not defined: stabilization does not vary');
    const rounded = statistic([1, 1 - 1e-12, 1, 1], 0.3);
    expect(faultsOf(constantInput, { runs: [], statistics: [rounded] })).toHaveLength(1);
  });

  it('is none where a single value differs', () => {
    expect(faultsOf(constantInput, { runs: [], statistics: [statistic([0, 0, 0, 5], 0.77)] })).toEqual([]);
  });
});
