import { tridiagonalize } from './tridiagonal.ts';
import { tridiagonalEigenvalues } from './tridiagonal-eigenvalues.ts';

/**
 * All eigenvalues of a real symmetric matrix, descending, without eigenvectors.
 *
 * Each carries an absolute error of a few units of rounding (1e-16) of the largest in size; an eigenvalue below
 * about 1e-13 of it has few digits or none. A row of zeros gives an eigenvalue of exactly zero. About 4/3 n³ operations.
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
  const { largest, rows } = survey(matrix, order);
  const eigenvalues = new Float64Array(order);
  if (largest === 0) return eigenvalues;

  // Scaling by a power of two is exact and keeps squares of elements within range. Rows of zeros (dead units) would
  // only be filled with rounding by the reflections.
  const unit = powerOfTwoNear(largest);
  const kept = rows.length;
  eigenvalues.set(tridiagonalEigenvalues(tridiagonalize(matrix, order, { rows, unit })));
  for (let i = 0; i < kept; i++) eigenvalues[i] *= unit;
  return kept === order ? eigenvalues : eigenvalues.sort().reverse();
}

/** The largest power of two not above `size` (up to a rounding of the logarithm), within the normal numbers. */
export function powerOfTwoNear(size: number): number {
  return 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(size))));
}

/** The largest absolute value in the lower triangle, and the rows that hold anything but zeros. */
function survey(matrix: Float64Array, order: number): { largest: number; rows: number[] } {
  let largest = 0;
  const held = new Uint8Array(order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const size = Math.abs(matrix[i * order + j]);
      if (size === 0) continue;
      if (!(size < Number.POSITIVE_INFINITY)) {
        throw new RangeError(`matrix[${i}][${j}] is ${matrix[i * order + j]}; allowed: finite numbers`);
      }
      if (size > largest) largest = size;
      held[i] = 1;
      held[j] = 1;
    }
  }
  return { largest, rows: Array.from(held.keys()).filter((row) => held[row] === 1) };
}
