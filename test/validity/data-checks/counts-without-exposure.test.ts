import { describe, expect, it } from 'vitest';
import { countsWithoutExposure } from '../../../src/validity/data-checks/counts-without-exposure.ts';
import { faultsOf } from './healthy-study.ts';

const faults = (exposures: (number | null)[], comparedBy: 'count' | 'rate' = 'count') =>
  faultsOf(countsWithoutExposure, {
    runs: [],
    comparisons: [
      {
        name: 'jumps by family',
        unit: 'layer steps',
        comparedBy,
        groups: exposures.map((exposure, i) => ({ name: `family ${i}`, count: [45, 18][i], exposure })),
      },
    ],
  });

describe('counts of two groups', () => {
  it('are not comparable where exposures differ: the rates are given instead', () => {
    const [fault] = faults([10_000, 4_000]);
    expect(fault).toMatchObject({ severity: 'warning', value: 2.5 });
    expect(fault.message).toContain('family 0 4.5, family 1 4.5, a ratio of 1 ');
  });

  it('are comparable where exposures are equal, and as rates', () => {
    expect(faults([10_000, 10_000])).toEqual([]);
    expect(faults([10_000, 4_000], 'rate')).toEqual([]);
  });

  it('are not comparable where an exposure is not stated', () => {
    expect(faults([10_000, null])[0].message).toContain('without the layer steps of family 1');
  });
});
