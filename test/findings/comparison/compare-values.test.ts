import { describe, expect, it } from 'vitest';
import type { Stretch } from '../../../src/dynamics/stretches/types.ts';
import { compareValues } from '../../../src/findings/comparison/compare-values.ts';
import { matchStretches } from '../../../src/findings/comparison/matched-stretches.ts';

const subject = { kind: 'accuracy', layer: null, stretch: null } as const;
const options = { scale: 'difference', confidence: 0.95 } as const;

describe('values of two groups', () => {
  it('are compared by their difference, or by their ratio with geometric means', () => {
    const { effect, pValue } = compareValues(subject, [1, 2, 3], [4, 5, 6], options);
    expect(effect).toBe(3);
    expect(pValue).toBeCloseTo(0.021312, 6);
    const ratio = compareValues(subject, [1, 4], [10, 40], { ...options, scale: 'ratio' });
    expect(ratio.a.mean).toBeCloseTo(2, 12);
    expect(ratio.effect).toBeCloseTo(10, 12);
    expect(ratio.interval![0]).toBeGreaterThan(0);
  });

  it('leave out runs without a value', () => {
    expect(compareValues(subject, [1, null, 2], [1, 2], options).effect).toBe(0);
    expect(compareValues(subject, [null], [1, 2], options)).toMatchObject({
      effect: null,
      pValue: null,
      reason: 'no run of A and 2 runs of B have a value',
    });
  });

  it('that do not vary at all are parted by chance as often as their number says', () => {
    expect(compareValues(subject, [1, 1, 1], [2, 2, 2], options)).toMatchObject({
      pValue: 0.1,
      interval: null,
    });
    expect(compareValues(subject, [1, 1, 1], [1, 1, 1], options)).toMatchObject({ pValue: 1, effect: 0 });
  });
});

describe('rises and falls of two curves', () => {
  const moves = (...sizes: number[]): Stretch[] =>
    sizes.map(
      (value) =>
        ({ kind: value > 0 ? 'rise' : value < 0 ? 'fall' : 'level', amplitude: { value } }) as Stretch,
    );

  it('are matched in order and kind, the large with the large', () => {
    expect(matchStretches(moves(-10, 0, 2), moves(-9, 3))).toEqual([
      { kind: 'fall', a: 0, b: 0 },
      { kind: 'rise', a: 2, b: 1 },
    ]);
    expect(matchStretches(moves(-1, -10), moves(-9))).toEqual([{ kind: 'fall', a: 1, b: 0 }]);
    expect(matchStretches(moves(5, -5), moves(-5, 5))).toHaveLength(1);
    expect(matchStretches(moves(), moves(-5))).toEqual([]);
  });
});
