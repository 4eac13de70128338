import { describe, expect, it } from 'vitest';
import { invertIncreasing } from '../../src/numerics/invert-increasing.ts';
import { normalCdf, normalQuantile } from '../../src/numerics/normal-distribution.ts';
import { betaQuantile, betaTails } from '../../src/numerics/special-functions/incomplete-beta.ts';
import { gammaQuantile, gammaTails } from '../../src/numerics/special-functions/incomplete-gamma.ts';
import { studentTCdf, studentTQuantile } from '../../src/numerics/student-t.ts';

import { expectDigits, golden } from './special-functions/golden.ts';

/** Expected values are SciPy 1.10's (scipy.special, scipy.stats). */
function expectRelative(value: number, expected: number, tolerance = 1e-10): void {
  if (expected === 0) expect(Math.abs(value)).toBeLessThan(tolerance);
  else expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);
}

describe('special functions against SciPy', () => {
  it.each([
    [0.5, 0.01, 0.11246291601828491, 0.887537083981715],
    [0.5, 3, 0.9856941215645704, 0.014305878435429641],
    [1, 1, 0.6321205588285577, 0.36787944117144245],
    [3, 2.5, 0.45618688411667035, 0.5438131158833297],
    [10, 20, 0.9950045876916924, 0.0049954123083075785],
    [10, 3, 0.0011024881301154815, 0.9988975118698845],
    [200, 180, 0.07485803498415958, 0.9251419650158405],
    [1500, 1600, 0.9943825139720729, 0.0056174860279271386],
    [0.5, 40, 1, 3.744097384202887e-19],
  ])('incomplete gamma(%f, %f)', (a, x, lower, upper) => {
    const tails = gammaTails(a, x);
    expectRelative(tails.lower, lower);
    expectRelative(tails.upper, upper);
  });

  it.each([
    [0.025, 1, 0.025317807984289876],
    [0.975, 3, 7.22468766772396],
    [0.5, 10, 9.668714614714128],
    [0.99, 200, 234.36224918701825],
    [1e-6, 4, 0.07099239135862108],
    [0.025, 2991, 2884.7597740604233],
  ])('gamma quantile(%f, %f)', (p, a, expected) => expectRelative(gammaQuantile(p, a), expected));

  it.each([
    [0.1, 0.5, 0.5, 0.2048327646991335],
    [0.3, 2, 5, 0.5798250000000001],
    [0.9, 2, 5, 0.999945],
    [0.5, 100, 100, 0.5],
    [0.02, 1, 60, 0.7024468573078813],
    [0.7, 300, 120, 0.2556302037909453],
  ])('incomplete beta(%f; %f, %f)', (x, a, b, expected) =>
    expectRelative(betaTails(x, a, b).lower, expected),
  );

  it.each([
    [0.025, 1, 10, 0.0025285785444617848],
    [0.975, 3, 8, 0.5560954623076415],
    [0.5, 0.5, 0.5, 0.5],
    [0.1, 200, 300, 0.3720189390836035],
  ])('beta quantile(%f; %f, %f)', (p, a, b, expected) => expectRelative(betaQuantile(p, a, b), expected));

  it.each([
    [-37, 5.7255712225239266e-300],
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1.96, 0.024997895148220435],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [2, 0.9772498680518208],
    [6, 0.9999999990134123],
  ])('normal distribution function(%f)', (z, expected) => expectRelative(normalCdf(z), expected));

  it.each([
    [1e-12, -7.034483825301131],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.999999, 4.753424308817087],
  ])('normal quantile(%f)', (p, expected) => expectRelative(normalQuantile(p), expected));

  it.each([
    [-4, 3, 0.014004228005073078],
    [-1.5, 1, 0.1871670418109988],
    [0, 5, 0.5],
    [2.1, 77, 0.9804982064980279],
    [5, 2.5, 0.9882744050145691],
    [-30, 10, 1.9808961710156598e-11],
    [-8, 1000, 1.7133307411957489e-15],
    [-0.3, 1000, 0.38211975208362203],
  ])('Student t distribution function(%f, %f)', (t, df, expected) =>
    expectRelative(studentTCdf(t, df), expected),
  );

  it.each([
    [0.975, 10, 2.2281388519649385],
    [0.0001, 77, -3.9060692677864264],
    [0.9, 1, 3.0776835372078066],
    [0.5, 4, 0],
    [1e-8, 5, -62.40450611124424],
  ])('Student t quantile(%f, %f)', (p, df, expected) => expectRelative(studentTQuantile(p, df), expected));

  it('Student t holds 1e-12 from 1e-3 to 1e8 degrees of freedom (mpmath)', () => {
    expect(golden.student.length).toBeGreaterThan(40);
    for (const [t, df, expected] of golden.student)
      expectDigits(studentTCdf(t, df), expected, `t ${t}, ${df}`);
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 7)).toBe(0);
  });
});

describe('inversion and ranges', () => {
  it('bisection ends at neighboring numbers', () => {
    expect(invertIncreasing((x) => x * x, 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
  });

  it('arguments out of range are refused, never answered with NaN', () => {
    expect(() => normalQuantile(1)).toThrow(RangeError);
    expect(() => studentTQuantile(0, 3)).toThrow(RangeError);
    expect(() => studentTCdf(Number.NaN, 3)).toThrow(RangeError);
    expect(() => studentTCdf(1e200, 3)).toThrow(RangeError);
  });
});
