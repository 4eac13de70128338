import { invertIncreasing } from './invert-increasing.ts';
import { logGamma } from './log-gamma.ts';

const MAX_TERMS = 100_000;

/**
 * Regularised lower incomplete gamma function P(a, x): the distribution function at x of a gamma variable of shape a
 * and scale 1. Series below a + 1, continued fraction above (DLMF 8.11.4 and 8.9.2).
 *
 * @param a shape, above 0.
 * @param x at least 0.
 */
export function regularizedGammaP(a: number, x: number): number {
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
}

/** 1 − P(a, x), accurate also where it is tiny. */
export function regularizedGammaQ(a: number, x: number): number {
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/**
 * The p-quantile of a gamma variable of shape a and scale 1.
 *
 * @param p 0 <= p < 1.
 * @example
 * 2 * gammaQuantile(0.975, 3); // 14.449: the chi-squared quantile with 6 degrees of freedom
 */
export function gammaQuantile(p: number, a: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`gamma quantile p is ${p}; allowed: 0 to below 1`);
  if (p === 0) return 0;
  let high = a + 1;
  while (regularizedGammaP(a, high) < p) high *= 2;
  return invertIncreasing((x) => regularizedGammaP(a, x), p, 0, high);
}

function lowerSeries(a: number, x: number): number {
  if (!(a > 0 && x >= 0))
    throw new RangeError(`incomplete gamma of a = ${a}, x = ${x}; allowed: a above 0, x at least 0`);
  if (x === 0) return 0;
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MAX_TERMS && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return Math.min(1, sum * density(a, x));
}

/** Modified Lentz evaluation of the continued fraction for Q(a, x). */
function upperFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < MAX_TERMS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return density(a, x) * fraction;
}

/** x^a e^−x / Γ(a). */
function density(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a));
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
