import { describe, expect, it } from 'vitest';
import { categoriesDoNotAddUp } from '../../../src/validity/data-checks/categories-do-not-add-up.ts';
import { faultsOf } from './healthy-study.ts';

const faults = (total: number, values: number[], resolution?: number) =>
  faultsOf(categoriesDoNotAddUp, {
    runs: [],
    tallies: [
      {
        name: 'jumps',
        total,
        categories: values.map((value, i) => ({ name: `phase ${i}`, value })),
        resolution,
      },
    ],
  });

describe('categories', () => {
  it('add up to their total', () => {
    expect(faults(300, [250, 50, 0])).toEqual([]);
    const lost = faults(300, [225, 50, 0]);
    expect(lost).toMatchObject([{ severity: 'error', value: 25, count: 1, of: 1 }]);
    expect(lost[0].message).toContain('25 are in none');
    expect(faults(300, [251, 50, 0])[0].message).toContain('1 are counted twice');
  });

  it('may miss it by the rounding of shares', () => {
    expect(faults(1, [0.333, 0.333, 0.333], 0.001)).toEqual([]);
    expect(faults(1, [0.333, 0.333, 0.331], 0.001)).toHaveLength(1);
    expect(faults(1, [0.1, 0.2, 0.7])).toEqual([]);
  });
});
