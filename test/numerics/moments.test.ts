import { describe, expect, it } from 'vitest';
import { mean, standardDeviation, variance } from '../../src/numerics/moments.ts';

const x = [3.1, -2.0, 0.5, 7.25, 3.1, -9.75, 4.0, 0.5, 0.5, 12.0];

describe('moments', () => {
  it('agree with NumPy 1.24', () => {
    expect(mean(x)).toBeCloseTo(1.92, 14);
    expect(variance(x)).toBeCloseTo(29.4731, 12);
    expect(variance(x, 1)).toBeCloseTo(32.74788888888889, 12);
    expect(standardDeviation(x, 1)).toBeCloseTo(5.722577119523064, 13);
  });

  it('keep the variance of values far from zero', () => {
    expect(
      variance(
        x.map((value) => value + 2 ** 20),
        0,
      ),
    ).toBeCloseTo(29.4731, 8);
  });

  it('refuse too few values instead of answering NaN', () => {
    expect(() => mean([])).toThrow(RangeError);
    expect(() => variance([1], 1)).toThrow('needs more than 1');
    expect(variance([1])).toBe(0);
  });
});
