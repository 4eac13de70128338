import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Correlation } from '../../src/numerics/correlation.ts';
import { correlationPValue } from '../../src/numerics/correlation-p-value.ts';
import { kendallScore, kendallTauB } from '../../src/numerics/kendall.ts';
import { pearson } from '../../src/numerics/pearson.ts';
import { averageRanks } from '../../src/numerics/ranks.ts';
import { spearman } from '../../src/numerics/spearman.ts';

const x = [3.1, -2.0, 0.5, 7.25, 3.1, -9.75, 4.0, 0.5, 0.5, 12.0];
const y = [1, 2, 2, 5, 3, -1, 4, 2, 0, 9];

function determinedValue(correlation: Correlation): number {
  if (!correlation.determined) throw new Error(correlation.reason);
  return correlation.value;
}

describe('correlations', () => {
  it('agree with SciPy 1.10 on data with ties', () => {
    expect([...averageRanks(x)]).toEqual([6.5, 2.0, 4.0, 9.0, 6.5, 1.0, 8.0, 4.0, 4.0, 10.0]);
    expect(determinedValue(pearson(x, y))).toBeCloseTo(0.8819121433226809, 14);
    expect(determinedValue(spearman(x, y))).toBeCloseTo(0.8286644571892146, 14);
    expect(determinedValue(kendallTauB(x, y))).toBeCloseTo(0.7470421737034137, 14);
    expect(correlationPValue(0.8819121433226809, 10)).toBeCloseTo(0.0007360208025687465, 14);
    expect(correlationPValue(0.8286644571892146, 10)).toBeCloseTo(0.003049045897156002, 13);
  });

  it.each([
    [0.5, 3, 0.6666666666666667],
    [0.6, 10, 0.06668799999999996],
    [-0.9, 16, 2.0510898633789e-6],
    [0.12, 400, 0.016342661029721785],
  ])('the p-value of r = %f over %i pairs is SciPy’s', (r, n, expected) => {
    expect(correlationPValue(r, n) / expected).toBeCloseTo(1, 10);
  });

  it.each([
    ['Pearson', pearson],
    ['Spearman', spearman],
    ['Kendall', kendallTauB],
  ])('%s is undefined, with a reason, for a constant variable or a single pair', (_, correlate) => {
    expect(correlate([1, 1, 1], [1, 2, 3])).toEqual({
      determined: false,
      reason: 'the first variable is constant',
    });
    expect(correlate([1, 2, 3], [4, 4, 4])).toEqual({
      determined: false,
      reason: 'the second variable is constant',
    });
    expect(correlate([1], [2])).toMatchObject({
      determined: false,
      reason: expect.stringContaining('at least 2'),
    });
  });

  it('ranks depend on order only: any increasing map leaves Spearman and Kendall alone', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(pairs, (data) => {
        const [a, b] = [data.map(([first]) => first), data.map(([, second]) => second)];
        const stretched = a.map((value) => value ** 3 + 100);
        expect(spearman(stretched, b)).toEqual(spearman(a, b));
        expect(kendallTauB(stretched, b)).toEqual(kendallTauB(a, b));
        expect(kendallScore(b, a)).toBe(kendallScore(a, b));
      }),
    );
  });

  it('infinite values are tied with each other and beyond all others', () => {
    expect(kendallScore([0, 1, 2], [5, Infinity, Infinity])).toBe(2);
  });
});
