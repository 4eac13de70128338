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
  const basis = orthonormalPolynomials(width, 3);
  const smooth = new Float64Array(n);
  readCubic(values, 0, 0, half, basis, smooth);
  readCubic(values, n - width, n - half, n, basis, smooth);

  const weights = basis[0].map((_, j) => basis.reduce((sum, q) => sum + q[half] * q[j], 0));
  for (let i = half; i < n - half; i++) {
    // The weights sum to one: taking the middle value out first keeps the digits of a small wiggle on a high level.
    const origin = values[i];
    let sum = 0;
    for (let j = 0; j < width; j++) sum += weights[j] * (values[i - half + j] - origin);
    smooth[i] = origin + sum;
  }
  return smooth;
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
  const window = values.slice(start, start + basis[0].length).map((value) => value - origin);
  const coefficients = basis.map((q) => dot(q, window));
  for (let i = from; i < to; i++) {
    into[i] = basis.reduce((sum, q, k) => sum + coefficients[k] * q[i - start], origin);
  }
}
