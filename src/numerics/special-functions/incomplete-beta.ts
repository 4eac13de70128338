import { invertIncreasing } from '../invert-increasing.ts';
import { binetFunction } from './binet-function.ts';
import { continuedFraction } from './continued-fraction.ts';
import { poissonExponent } from './poisson-exponent.ts';
import { productDifference } from './product-difference.ts';
import { exponentialRemainder, logRemainder } from './series-remainders.ts';
import { tailIntegral } from './tail-integral.ts';
import { isShape, type Tails } from './tails.ts';

/** Above it 1 − x would lose more than a digit: the other tail is computed by itself. */
const NEARLY_ALL = 0.9;

/**
 * Regularized incomplete beta function I_x(a, b), and 1 − I_x(a, b) = I_y(b, a): the chances that a beta variable is
 * below x, and above it. Each is right to 1e-12 of itself (held against mpmath for a and b from 1e-10 to 1e8), down to
 * the smallest normal float64.
 *
 * The tail on its own side of the mean comes from a continued fraction (DiDonato & Morris 1992, TOMS 708, eq. 9) where
 * it converges fast, and otherwise from the integral over the logit of t, whose integrand is log-concave and positive
 * for all arguments.
 *
 * @param x 0 to 1.
 * @param a,b shapes, 1e-300 to 1e150.
 * @param y 1 − x. Give it where it is known to more digits than x; the smaller of the two counts.
 * @throws RangeError where they are not. @throws Error where no method converges.
 * @example
 * betaTails(0.3, 2, 5); // { lower: 0.579825, upper: 0.420175 }
 */
export function betaTails(x: number, a: number, b: number, y = 1 - x): Tails {
  if (!(x >= 0 && y >= 0 && Math.abs(x + y - 1) < 1e-15 && isShape(a) && isShape(b))) {
    throw new RangeError(
      `incomplete beta of x = ${x}, a = ${a}, b = ${b}; allowed: x from 0 to 1, a and b from 1e-300 to 1e150`,
    );
  }
  if (x === 0 || y === 0) return { lower: x === 0 ? 0 : 1, upper: y === 0 ? 0 : 1 };
  const point = pointAt(x, a, b, y);
  if (point.slope < 0) {
    const { lower, upper } = nearTails(mirrored(point));
    return { lower: upper, upper: lower };
  }
  return nearTails(point);
}

/**
 * The quantile of a beta variable: where its lower tail, or its upper one, is p.
 *
 * @param p 0 to 1.
 * @example
 * betaQuantile(0.5, 2, 2); // 0.5
 */
export function betaQuantile(p: number, a: number, b: number, tail: keyof Tails = 'lower'): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`beta quantile p is ${p}; allowed: 0 to 1`);
  const sign = tail === 'lower' ? 1 : -1;
  if (p === 0 || p === 1) return tail === 'lower' ? p : 1 - p;
  return invertIncreasing((x) => sign * betaTails(x, a, b)[tail], sign * p, 0, 1);
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly a: number;
  readonly b: number;
  /** a·y − b·x, the slope of the logarithm of the integrand over the logit: 0 at its peak, where x is a/(a + b). */
  readonly slope: number;
}

/** The slope is a small difference of large products: it is taken exactly, with the digits that 1 − x leaves behind. */
function pointAt(x: number, a: number, b: number, y: number): Point {
  const rounded = x <= y ? a * (1 - y - x) : -b * (1 - x - y);
  return { x, y, a, b, slope: productDifference(a, y, b, x) + rounded };
}

function mirrored({ x, y, a, b, slope }: Point): Point {
  return { x: y, y: x, a: b, b: a, slope: -slope };
}

/** Both tails, at or below the peak. */
function nearTails(point: Point): Tails {
  const lower = timesDensity(point, lowerFraction(point) ?? lowerIntegral(point));
  const upper = lower < NEARLY_ALL ? 1 - lower : timesDensity(point, lowerIntegral(mirrored(point)));
  return { lower, upper };
}

/** Times x^a y^b / B(a, b). Halving the exponent keeps the digits of products that are above the underflow. */
function timesDensity({ x, y, a, b, slope }: Point, factor: number): number {
  const n = a + b;
  const root = Math.exp(
    (poissonExponent(a, (n / a) * x, -slope) + poissonExponent(b, (n / b) * y, slope)) / 2,
  );
  const stirling = Math.exp(binetFunction(n) - binetFunction(a) - binetFunction(b));
  return Math.sqrt((a / (2 * Math.PI)) * (b / n)) * stirling * root * factor * root;
}

function lowerFraction({ x, y, a, b, slope }: Point): number | null {
  return continuedFraction(
    (k) => (((a + k - 1) * (a + b + k - 1)) / (a + 2 * k - 1) ** 2) * k * (b - k) * x * x,
    (k) => k + (k * (b - k) * x) / (a + 2 * k - 1) + ((a + k) / (a + 2 * k + 1)) * (slope + 1 + k * (1 + y)),
  );
}

/** ∫₀^x t^(a−1) (1 − t)^(b−1) dt over its integrand in logit t at x, with logit t = logit x − u. */
function lowerIntegral(point: Point): number {
  const { x, y, a, b, slope } = point;
  const n = a + b;
  // Near u = 0 the linear parts are taken out, since they cancel; far from it they would cancel if they were.
  const fromSmallX = (u: number): number =>
    u < 1
      ? slope * u + n * (logRemainder(x * Math.expm1(-u)) + x * exponentialRemainder(-u))
      : a * u + n * Math.log1p(x * Math.expm1(-u));
  const fromSmallY = (u: number): number => {
    if (u < 1) return slope * u + n * (logRemainder(y * Math.expm1(u)) + y * exponentialRemainder(u));
    return u < 700 ? n * Math.log1p(y * Math.expm1(u)) - b * u : a * u + n * Math.log(y + x * Math.exp(-u));
  };
  const width = 2 / (Math.abs(slope) + Math.sqrt(slope * slope + 2 * n * x * y));
  return tailIntegral(x <= y ? fromSmallX : fromSmallY, width);
}
