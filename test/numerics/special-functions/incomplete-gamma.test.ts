import { describe, expect, it } from 'vitest';
import { gammaQuantile, gammaTails } from '../../../src/numerics/special-functions/incomplete-gamma.ts';
import { expectDigits, golden } from './golden.ts';

describe('the incomplete gamma functions', () => {
  it('are right to 1e-12 of each tail, for arguments from 1e-10 to 1e8', () => {
    expect(golden.gamma.length).toBeGreaterThan(300);
    for (const [a, x, lower, upper] of golden.gamma) {
      const tails = gammaTails(a, x);
      expectDigits(tails.lower, lower, `P(${a}, ${x})`);
      expectDigits(tails.upper, upper, `Q(${a}, ${x})`);
    }
  });

  it('go on to shapes that no table here reaches: near the mean they come to the normal distribution', () => {
    expect(gammaTails(1e15, 1e15).lower - 0.5).toBeCloseTo(1 / (3 * Math.sqrt(2 * Math.PI * 1e15)), 15);
    expect(gammaTails(1e-300, 1).upper).toBeCloseTo(0, 299);
  });

  it('end at 0 and at infinity', () => {
    expect(gammaTails(2, 0)).toEqual({ lower: 0, upper: 1 });
    expect(gammaTails(2, Number.POSITIVE_INFINITY)).toEqual({ lower: 1, upper: 0 });
    expect(gammaTails(3, 1e6)).toEqual({ lower: 1, upper: 0 });
  });

  it.each([
    [0, 1],
    [-1, 1],
    [1e-310, 1],
    [1e200, 1],
    [Number.NaN, 1],
    [1, -1],
    [1, Number.NaN],
  ])('refuse a = %f with x = %f', (a, x) => {
    expect(() => gammaTails(a, x)).toThrow(RangeError);
  });

  it('say so where no method converges, and give no number', () => {
    expect(() => gammaTails(1e-10, 1e-300)).toThrow(/did not converge/);
  });
});

describe('gamma quantiles', () => {
  it.each([
    [1e-12, 3],
    [0.025, 40],
    [0.3, 1e6],
    [0.5, 1e8],
  ])('p = %f, a = %f lead back to p in either tail', (p, a) => {
    expectDigits(gammaTails(a, gammaQuantile(p, a)).lower, p, 'lower tail');
    expectDigits(gammaTails(a, gammaQuantile(p, a, 'upper')).upper, p, 'upper tail');
  });

  it('end where the distribution ends', () => {
    expect(gammaQuantile(0, 2)).toBe(0);
    expect(gammaQuantile(1, 2, 'upper')).toBe(0);
    expect(() => gammaQuantile(1, 2)).toThrow(RangeError);
    expect(() => gammaQuantile(0, 2, 'upper')).toThrow(RangeError);
  });
});
