import { orthonormalPolynomials } from './orthonormal-polynomials.ts';

/**
 * Local cubic smoothing (Savitzky & Golay 1964): each value becomes the least-squares cubic's value there, fitted
 * in a window around it. Near the ends the last full window is kept and its cubic read off the centre.
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
  const weightsAt = (position: number): Float64Array =>
    Float64Array.from({ length: width }, (_, j) => basis.reduce((sum, q) => sum + q[position] * q[j], 0));
  const centre = weightsAt(half);
  const smooth = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const start = Math.min(Math.max(i - half, 0), n - width);
    const weights = i - start === half ? centre : weightsAt(i - start);
    // The weights sum to one: taking the middle value out first keeps the digits of a small wiggle on a high level.
    const origin = values[i];
    let sum = 0;
    for (let j = 0; j < width; j++) sum += weights[j] * (values[start + j] - origin);
    smooth[i] = origin + sum;
  }
  return smooth;
}
