import { describe, expect, it } from 'vitest';
import { shareWithoutBaseRate } from '../../../src/validity/data-checks/share-without-base-rate.ts';
import { faultsOf } from './healthy-study.ts';

const faults = (hits: number, base: { hits: number; trials: number } | null) =>
  faultsOf(shareWithoutBaseRate, {
    runs: [],
    shares: [{ name: 'jumps with falling loss', run: null, hits, trials: 200, base }],
  });

describe('a share reported as a relation', () => {
  it('needs a base rate', () => {
    expect(faults(114, null)).toMatchObject([{ severity: 'warning', value: 0.57 }]);
    expect(faults(114, null)[0].message).toContain('without its base rate');
  });

  it('must differ from it: the 95 % interval of 114 of 200 is 50.1 % to 63.7 %', () => {
    const near = { hits: 1100, trials: 2000 };
    expect(faults(114, near)).toHaveLength(1);
    expect(faults(114, near)[0].message).toContain('50.1 % to 63.7 %');
    expect(faults(114, { hits: 1000, trials: 2000 })).toEqual([]);
    expect(faults(114, { hits: 1290, trials: 2000 })).toEqual([]);
  });
});
