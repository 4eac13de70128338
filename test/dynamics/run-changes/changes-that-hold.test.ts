import { describe, expect, it } from 'vitest';
import { changesThatHold } from '../../../src/dynamics/run-changes/changes-that-hold.ts';
import type { RunChange, RunChanges } from '../../../src/dynamics/run-changes/types.ts';

/** A run of which the strongest place has this p-value, and is a change where alpha allows it. */
function tested(pValue: number): RunChanges {
  const change = { step: 100, pValue, kind: 'change' } as RunChange;
  const place = { tested: [0, 1000], runs: 1, controls: 0, leftOut: [] } as const;
  return { testable: true, alpha: 0.05, changes: pValue <= 0.05 ? [change] : [], pValue, ...place };
}

describe('changes of runs that hold over all of them', () => {
  it('is none where one of three shows what one in twenty does by chance', () => {
    const held = changesThatHold([tested(0.046), tested(0.4), tested(0.7)], 0.05);
    expect(held).toMatchObject({ tested: 3, changed: 1, holding: 0, threshold: 0, rate: 0.05 });
  });

  it('follows Benjamini and Hochberg: all of three at 0.046, two of three at 0.03 and 0.01', () => {
    expect(changesThatHold([0.046, 0.046, 0.046].map(tested), 0.05)).toMatchObject({ holding: 3 });
    const two = changesThatHold([tested(0.01), tested(0.03), tested(0.6)], 0.05);
    expect(two).toMatchObject({ changed: 2, holding: 2 });
    expect(two.threshold).toBeCloseTo((0.05 * 2) / 3, 12);
  });

  it('counts no run that could not be tested', () => {
    const untested: RunChanges = { testable: false, reason: 'no past' };
    expect(changesThatHold([untested, tested(0.001)], 0.05)).toMatchObject({ tested: 1, holding: 1 });
    expect(changesThatHold([untested], 0.05)).toMatchObject({ tested: 0, changed: 0, threshold: 0 });
  });
});
