import { dot, orthonormalPolynomials } from './orthonormal-polynomials.ts';

/**
 * Local cubic smoothing (Savitzky & Golay 1964): each value becomes the least-squares cubic's value there, fitted
 * in a window around it. Near the ends the last full window is kept and its cubic read off the center.
 *
 * @param values equally spaced, length n.
 * @param halfWidth the window is 2·halfWidth + 1 points, or the largest odd number within n if that is less.
 * @returns length n; the values themselves where the window has fewer than five points.
 * @example
 * const residual = values.map((value, i) => value - smooth[i]); // smooth = localCubicSmooth(values, 60)
 */
export function localCubicSmooth(values: Float64Array, halfWidth: number): Float64Array {
  const n = values.length;
  const half = Math.min(halfWidth, Math.floor((n - 1) / 2));
  const width = 2 * half + 1;
  if (width < 5) return Float64Array.from(values);
  const { basis, weights } = cubicsOf(width);
  const smooth = new Float64Array(n);
  readCubic(values, 0, 0, half, basis, smooth);
  readCubic(values, n - width, n - half, n, basis, smooth);
  let i = half;
  for (; i + 4 <= n - half; i += 4) readMiddles(values, i, weights, smooth);
  for (; i < n - half; i++) readMiddle(values, i, weights, smooth);
  return smooth;
}

/** The cubics of a window, and the weights that give its middle value. */
interface Cubics {
  readonly basis: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** By width: few are asked for, by many series. */
const known = new Map<number, Cubics>();
const MOST_KNOWN = 64;

function cubicsOf(width: number): Cubics {
  let cubics = known.get(width);
  if (cubics === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    const basis = orthonormalPolynomials(width, 3);
    const weights = basis[0].map((_, j) => basis.reduce((sum, q) => sum + q[width >> 1] * q[j], 0));
    cubics = { basis, weights };
    known.set(width, cubics);
  }
  return cubics;
}

/** The weights sum to one: taking the middle value out first keeps the digits of a small wiggle on a high level. */
function readMiddle(values: Float64Array, i: number, weights: Float64Array, into: Float64Array): void {
  const origin = values[i];
  const first = i - (weights.length >> 1);
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j] * (values[first + j] - origin);
  into[i] = origin + sum;
}

/** Four neighbors side by side, each as `readMiddle` has it: additions that do not wait for one another take a quarter of the time. */
function readMiddles(values: Float64Array, i: number, weights: Float64Array, into: Float64Array): void {
  const o0 = values[i];
  const o1 = values[i + 1];
  const o2 = values[i + 2];
  const o3 = values[i + 3];
  const first = i - (weights.length >> 1);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < weights.length; j++) {
    const weight = weights[j];
    s0 += weight * (values[first + j] - o0);
    s1 += weight * (values[first + j + 1] - o1);
    s2 += weight * (values[first + j + 2] - o2);
    s3 += weight * (values[first + j + 3] - o3);
  }
  into[i] = o0 + s0;
  into[i + 1] = o1 + s1;
  into[i + 2] = o2 + s2;
  into[i + 3] = o3 + s3;
}

/** Fits the window at `start` once and writes its cubic's values at from … to−1. */
function readCubic(
  values: Float64Array,
  start: number,
  from: number,
  to: number,
  basis: readonly Float64Array[],
  into: Float64Array,
): void {
  const origin = values[start];
  const window = values.slice(start, start + basis[0].length);
  for (let i = 0; i < window.length; i++) window[i] -= origin;
  const coefficients = basis.map((q) => dot(q, window));
  for (let i = from; i < to; i++) {
    let sum = origin;
    for (let k = 0; k < basis.length; k++) sum += coefficients[k] * basis[k][i - start];
    into[i] = sum;
  }
}
