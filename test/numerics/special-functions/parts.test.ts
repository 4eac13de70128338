import { describe, expect, it } from 'vitest';
import { binetFunction } from '../../../src/numerics/special-functions/binet-function.ts';
import { continuedFraction } from '../../../src/numerics/special-functions/continued-fraction.ts';
import { productDifference } from '../../../src/numerics/special-functions/product-difference.ts';
import {
  exponentialRemainder,
  logRemainder,
} from '../../../src/numerics/special-functions/series-remainders.ts';
import { tailIntegral } from '../../../src/numerics/special-functions/tail-integral.ts';
import { expectDigits } from './golden.ts';

describe('what the incomplete functions are made of', () => {
  it.each([
    [0.001, 6.907178885383853],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [2.5, 0.2846828704729192],
    [10, 12.801827480081469],
    [171, 706.5730622457874],
    [1e5, 1051287.7089736569],
  ])('Binet’s function completes Stirling’s formula: log gamma(%f) of SciPy', (a, expected) => {
    const logGamma = (a - 0.5) * Math.log(a) - a + Math.log(2 * Math.PI) / 2 + binetFunction(a);
    expectDigits(logGamma, expected, 'log gamma');
  });

  it('remainders keep their digits where functions are nearly linear', () => {
    // Two terms of the series are enough there.
    for (const x of [1e-9, -1e-9, 1e-160]) {
      expectDigits(logRemainder(x), (-x * x) / 2 + x ** 3 / 3, `ln(1 + ${x}) − ${x}`);
      expectDigits(exponentialRemainder(x), (x * x) / 2 + x ** 3 / 6, `exp(${x}) − 1 − ${x}`);
    }
  });

  it('remainders go over into the functions that lose nothing', () => {
    for (const x of [-0.5, 1]) expectDigits(logRemainder(x), Math.log1p(x) - x, `${x}`);
    for (const x of [-1, 1]) expectDigits(exponentialRemainder(x), Math.expm1(x) - x, `${x}`);
  });

  it('a difference of products keeps what rounding takes from each', () => {
    const e = 2 ** -30;
    expect(productDifference(1 + e, 1 - e, 1, 1)).toBe(-(e * e));
  });

  it('a continued fraction ends where it has converged, or says that it has not', () => {
    const golden = continuedFraction(
      () => 1,
      () => 1,
    );
    expectDigits(golden!, (Math.sqrt(5) - 1) / 2, 'golden ratio');
    const slow = continuedFraction(
      (k) => k,
      () => 1e-3,
    );
    expect(slow).toBeNull();
  });

  it.each([1e-6, 1, 1e6])(
    'the integral of an exponential does not need a good guess of its width: %f',
    (guess) => {
      expectDigits(
        tailIntegral((u) => u / 300, guess),
        300,
        'exponential',
      );
      expectDigits(
        tailIntegral((u) => (u * u) / 2, guess),
        Math.sqrt(Math.PI / 2),
        'normal',
      );
    },
  );
});
