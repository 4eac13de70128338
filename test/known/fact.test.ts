import { describe, expect, it } from 'vitest';
import { between, exactly, factOf } from '../../src/known/fact.ts';

describe('a fact', () => {
  it('holds where every run found it, within the tolerance, and its interval covers what is known', () => {
    const known = exactly(100, 0.02);
    const fact = factOf('step', known, [
      { value: 101, interval: [90, 110] },
      { value: 99, interval: [95, 105] },
    ]);
    expect(fact).toEqual({ what: 'step', known, found: 100, interval: [90, 110], holds: true });
  });

  it.each([
    ['a run did not find it', [{ value: 100 }, null]],
    ['no run did', [null]],
    ['there is no run', []],
    ['it lies elsewhere', [{ value: 103 }]],
    ['its interval lies beside it', [{ value: 101, interval: [100.5, 110] as const }]],
  ])('does not hold where %s', (_, findings) => {
    expect(factOf('step', exactly(100, 0.02), findings).holds).toBe(false);
  });

  it('may lie anywhere in a range, with an interval that meets it', () => {
    const found = (value: number, interval: readonly [number, number]): boolean =>
      factOf('step', between(50, 150), [{ value, interval }]).holds;
    expect(found(75, [50, 75])).toBe(true);
    expect(found(150, [125, 150])).toBe(true);
    expect(found(175, [150, 175])).toBe(false);
  });

  it('says what was found where nothing was', () => {
    expect(factOf('step', between(0, 1), [null])).toMatchObject({ found: null, interval: null });
  });
});
