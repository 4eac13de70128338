import { describe, expect, it } from 'vitest';
import { betaQuantile, betaTails } from '../../../src/numerics/special-functions/incomplete-beta.ts';
import { expectDigits, golden } from './golden.ts';

describe('the incomplete beta function', () => {
  it('is right to 1e-12 of each tail, for arguments from 1e-10 to 1e8', () => {
    expect(golden.beta.length).toBeGreaterThan(200);
    for (const [x, a, b, lower, upper] of golden.beta) {
      const tails = betaTails(x, a, b);
      expectDigits(tails.lower, lower, `I(${x}; ${a}, ${b})`);
      expectDigits(tails.upper, upper, `1 − I(${x}; ${a}, ${b})`);
    }
  });

  it('takes the digits of 1 − x that x itself cannot hold', () => {
    // One failure in a hundred million: 1 − x^a with x = 1 − 1e-20.
    expectDigits(betaTails(1, 1e8, 1, 1e-20).upper, 1e-12, 'upper tail');
  });

  it('goes on to shapes that no table here reaches', () => {
    expect(betaTails(0.5, 1e100, 1e100).lower).toBeCloseTo(0.5, 12);
    expectDigits(betaTails(1e-15, 1, 1e15).upper, Math.exp(-1), 'upper tail');
  });

  it('ends at 0 and 1', () => {
    expect(betaTails(0, 2, 3)).toEqual({ lower: 0, upper: 1 });
    expect(betaTails(1, 2, 3)).toEqual({ lower: 1, upper: 0 });
  });

  it.each([
    [1.5, 1, 1],
    [-0.1, 1, 1],
    [Number.NaN, 1, 1],
    [0.5, 0, 1],
    [0.5, 1, 1e-310],
    [0.5, 1e200, 1],
  ])('refuses x = %f, a = %f, b = %f', (x, a, b) => {
    expect(() => betaTails(x, a, b)).toThrow(RangeError);
  });

  it('refuses an x and a 1 − x that contradict each other', () => {
    expect(() => betaTails(0.5, 1, 1, 0.4)).toThrow(RangeError);
  });

  it('says so where no method converges, and gives no number', () => {
    expect(() => betaTails(1e-300, 1e-10, 1e8)).toThrow(/did not converge/);
  });
});

describe('beta quantiles', () => {
  it.each([
    [1e-12, 3, 8],
    [0.025, 40, 2],
    [0.3, 1e6, 2e6],
    [0.5, 1e8, 1e8],
  ])('p = %f, a = %f, b = %f lead back to p in either tail', (p, a, b) => {
    // Of a number near 1 float64 keeps 1e-16; what that leaves of p depends on how steep the distribution is there.
    const [low, high] = [betaQuantile(p, a, b), betaQuantile(p, a, b, 'upper')];
    expect(Math.abs(betaTails(low, a, b).lower / p - 1)).toBeLessThan(1e-10);
    expect(Math.abs(betaTails(high, a, b).upper / p - 1)).toBeLessThan(1e-10);
  });
});
