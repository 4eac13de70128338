import { invertIncreasing } from './invert-increasing.ts';
import { logGamma } from './log-gamma.ts';

const MAX_TERMS = 100_000;

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of a beta variable, by its continued
 * fraction (DLMF 8.17.22).
 *
 * @param x 0 to 1.
 * @param a,b shapes, above 0.
 */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new RangeError(
      `incomplete beta of x = ${x}, a = ${a}, b = ${b}; allowed: x from 0 to 1, a and b above 0`,
    );
  }
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on the near side of the mean; the far side is its mirror image.
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

/**
 * The p-quantile of a beta variable.
 *
 * @example
 * betaQuantile(0.5, 2, 2); // 0.5
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`beta quantile p is ${p}; allowed: 0 to 1`);
  if (p === 0 || p === 1) return p;
  return invertIncreasing((x) => regularizedBeta(x, a, b), p, 0, 1);
}

/** Modified Lentz evaluation. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  const advance = (numerator: number): number => {
    d = 1 / awayFromZero(1 + numerator * d);
    c = awayFromZero(1 + numerator / c);
    value *= d * c;
    return d * c;
  };
  for (let m = 1; m < MAX_TERMS; m++) {
    advance((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
    const factor = advance((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
