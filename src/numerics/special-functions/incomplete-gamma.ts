import { invertIncreasing } from '../invert-increasing.ts';
import { binetFunction } from './binet-function.ts';
import { continuedFraction } from './continued-fraction.ts';
import { poissonExponent } from './poisson-exponent.ts';
import { exponentialRemainder } from './series-remainders.ts';
import { tailIntegral } from './tail-integral.ts';
import { isShape, type Tails } from './tails.ts';

const MAX_TERMS = 400;
/** Above it 1 − x would lose more than a digit: the other tail is computed by itself. */
const NEARLY_ALL = 0.9;

/**
 * Regularized incomplete gamma functions P(a, x) and Q(a, x): the chances that a gamma variable of shape a and scale 1
 * is below x, and above it. Each is right to 1e-12 of itself (held against mpmath for a and x from 1e-10 to 1e8), down to
 * the smallest normal float64.
 *
 * The tail on its own side of the mean comes from a series or continued fraction (DLMF 8.7.1, 8.9.2) where those
 * converge fast, and otherwise from the integral over ln t, whose integrand is log-concave and positive for all arguments.
 *
 * @param a shape, 1e-300 to 1e150.
 * @param x at least 0.
 * @throws RangeError where they are not. @throws Error where no method converges.
 * @example
 * gammaTails(3, 2.5); // { lower: 0.456187, upper: 0.543813 }
 */
export function gammaTails(a: number, x: number): Tails {
  if (!(isShape(a) && x >= 0))
    throw new RangeError(`incomplete gamma of a = ${a}, x = ${x}; allowed: a 1e-300 to 1e150, x at least 0`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  if (x >= Math.max(a, 1)) {
    const upper = timesDensity(a, x, upperFraction(a, x) ?? upperIntegral(a, x));
    return { lower: 1 - upper, upper };
  }
  const lower = timesDensity(a, x, lowerSeries(a, x) ?? lowerIntegral(a, x));
  const upper = lower < NEARLY_ALL ? 1 - lower : timesDensity(a, x, upperIntegral(a, x));
  return { lower, upper };
}

/**
 * The quantile of a gamma variable of shape a and scale 1: where its lower tail, or its upper one, is p.
 *
 * @param p 0 <= p < 1; for the upper tail 0 < p <= 1.
 * @example
 * 2 * gammaQuantile(0.025, 3, 'upper'); // 14.449: the chi-squared quantile with 6 degrees of freedom
 */
export function gammaQuantile(p: number, a: number, tail: keyof Tails = 'lower'): number {
  const sign = tail === 'lower' ? 1 : -1;
  if (!(p >= 0 && p <= 1) || p === (tail === 'lower' ? 1 : 0))
    throw new RangeError(
      `gamma quantile p is ${p}; allowed: 0 to 1, but for the end of the tail at infinity`,
    );
  const reach = (x: number): number => sign * gammaTails(a, x)[tail];
  let high = a + 1;
  while (reach(high) < sign * p) high *= 2;
  return p === (tail === 'lower' ? 0 : 1) ? 0 : invertIncreasing(reach, sign * p, 0, high);
}

/** Times x^a e^−x / Γ(a). Halving the exponent keeps the digits of products that are above the underflow. */
function timesDensity(a: number, x: number, factor: number): number {
  const root = Math.exp(poissonExponent(a, x / a, x - a) / 2);
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-binetFunction(a)) * root * factor * root;
}

/** Σ x^k / (a(a + 1)…(a + k)), or null. */
function lowerSeries(a: number, x: number): number | null {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k <= MAX_TERMS; k++) {
    term *= x / (a + k);
    if (sum + term === sum) return sum;
    sum += term;
  }
  return null;
}

function upperFraction(a: number, x: number): number | null {
  return continuedFraction(
    (k) => k * (a - k),
    (k) => x - a + 2 * k + 1,
  );
}

/** ∫₀^x t^(a−1) e^−t dt over its integrand at x, with t = x·e^−u. */
function lowerIntegral(a: number, x: number): number {
  return tailIntegral((u) => (a - x) * u + x * exponentialRemainder(-u), widthOf(a, x));
}

/** ∫ₓ^∞ of the same, with t = x·e^u. */
function upperIntegral(a: number, x: number): number {
  return tailIntegral((u) => (x - a) * u + x * exponentialRemainder(u), widthOf(a, x));
}

/** Where slope·u + x·u²/2 is 1. */
function widthOf(a: number, x: number): number {
  const slope = Math.abs(x - a);
  return 2 / (slope + Math.sqrt(slope * slope + 2 * x));
}
