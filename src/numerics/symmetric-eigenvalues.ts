import { tridiagonalise } from './tridiagonal.ts';
import { tridiagonalEigenvalues } from './tridiagonal-eigenvalues.ts';

/**
 * All eigenvalues of a real symmetric matrix, descending, without eigenvectors.
 *
 * Each carries an absolute error of a few units of rounding (1e-16) of the largest in size; an eigenvalue below
 * about 1e-13 of it has few digits or none. About 4/3 n³ operations.
 *
 * @param matrix row-major [order, order]; only the lower triangle is read. Not changed.
 * @throws RangeError if the length is not order², or an element of the lower triangle is not finite.
 * @example
 * symmetricEigenvalues(Float64Array.of(2, 0, 1, 2), 2); // [3, 1]
 */
export function symmetricEigenvalues(matrix: Float64Array, order: number): Float64Array {
  if (matrix.length !== order * order) {
    throw new RangeError(`matrix has ${matrix.length} elements; allowed: order² = ${order * order}`);
  }
  let largest = 0;
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const size = Math.abs(matrix[i * order + j]);
      if (!(size < Number.POSITIVE_INFINITY)) {
        throw new RangeError(`matrix[${i}][${j}] is ${matrix[i * order + j]}; allowed: finite numbers`);
      }
      if (size > largest) largest = size;
    }
  }
  if (largest === 0) return new Float64Array(order);

  // Scaling by a power of two is exact and keeps squares of elements within range.
  const unit = powerOfTwoNear(largest);
  const scaled = matrix.map((value) => value / unit);
  return tridiagonalEigenvalues(tridiagonalise(scaled, order)).map((value) => value * unit);
}

/** The largest power of two not above `size` (up to a rounding of the logarithm), within the normal numbers. */
export function powerOfTwoNear(size: number): number {
  return 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(size))));
}
