import { type SymmetricKernel, useSymmetricKernel } from './symmetric-kernel.ts';

/**
 * Elements whose squares sum to less than this are zero beside elements near 1: rounding left by earlier steps, which
 * would otherwise shrink from step to step until its squares leave the range of numbers.
 */
const NEGLIGIBLE_SQUARE = 2 ** -200;

/** A symmetric tridiagonal matrix of order n. */
export interface Tridiagonal {
  /** The n diagonal elements. */
  readonly diagonal: Float64Array;
  /** Element i stands in row i + 1, column i; length n, the last is 0. */
  readonly offDiagonal: Float64Array;
}

/** Rows and columns of a matrix, ascending, and the unit to measure its elements in. */
export interface MatrixPart {
  readonly rows: ArrayLike<number>;
  readonly unit: number;
}

/**
 * Brings a symmetric matrix to tridiagonal form with the same eigenvalues, by Householder reflections from the last
 * row up (Householder 1958; Martin, Reinsch & Wilkinson 1968).
 *
 * The update of one step and the matrix-vector product of the next read every element once, together: that single
 * pass is where nearly all of the time goes.
 *
 * @param matrix row-major [order, order], lower triangle; not changed.
 * @param part the rows and columns to take of it, ascending, and the unit to measure elements in, by which the largest
 *   should be near 1 in size: squares are summed, and elements below 1e-30 count as zero. All rows and 1 if absent.
 * @example
 * tridiagonalize(Float64Array.of(2, 0, 1, 2), 2); // diagonal [2, 2], offDiagonal [1, 0]
 */
export function tridiagonalize(
  matrix: Float64Array,
  matrixOrder: number,
  part: MatrixPart = {
    rows: Array.from({ length: matrixOrder }, (_, row) => row),
    unit: 1,
  },
): Tridiagonal {
  const stride = part.rows.length + (part.rows.length % 2);
  return useSymmetricKernel(stride * (part.rows.length + 4), (kernel) =>
    tridiagonalizeIn(kernel, stride, matrix, matrixOrder, part),
  );
}

function tridiagonalizeIn(
  kernel: SymmetricKernel,
  stride: number,
  matrix: Float64Array,
  matrixOrder: number,
  { rows, unit }: MatrixPart,
): Tridiagonal {
  const order = rows.length;
  const diagonal = new Float64Array(order);
  const offDiagonal = new Float64Array(order);
  const a = kernel.allocate(stride * order);
  for (let i = 0; i < order; i++) {
    const from = rows[i] * matrixOrder;
    const to = i * stride;
    for (let j = 0; j <= i; j++) a[to + j] = matrix[from + rows[j]] / unit;
    // The kernel wants the 2 × 2 blocks on the diagonal whole.
    if (i % 2 === 1) a[to - stride + i] = a[to + i - 1];
  }
  // The pending update of the leading block is A − u wᵀ − w uᵀ; x is the reflection being built, p = A x.
  let [u, w, x, p] = Array.from({ length: 4 }, () => kernel.allocate(stride).fill(0));

  for (let i = order - 1; i >= 0; i--) {
    const row = i * stride;
    for (let j = 0; j < i; j++) x[j] = a[row + j] - u[i] * w[j] - w[i] * u[j];
    diagonal[i] = a[row + i] - 2 * u[i] * w[i];
    if (i === 0) break;

    const { offDiagonal: e, halfSquare } = reflect(x, i);
    offDiagonal[i - 1] = e;
    // Rows are worked on in pairs; with these zeros an odd last row draws nothing in from the one below it.
    u[i] = w[i] = x[i] = 0;
    kernel.updateAndMultiply(a, stride, i + (i % 2), { u, w, x, p });
    if (halfSquare > 0) {
      let xp = 0;
      for (let j = 0; j < i; j++) xp += x[j] * p[j];
      const shift = xp / (2 * halfSquare * halfSquare);
      for (let j = 0; j < i; j++) p[j] = p[j] / halfSquare - shift * x[j];
    }
    [u, x] = [x, u];
    [w, p] = [p, w];
  }
  return { diagonal, offDiagonal };
}

/**
 * Turns x (its first `length` elements) into the Householder vector that maps it onto its last element.
 * A vector that needs no reflection becomes zero.
 */
function reflect(x: Float64Array, length: number): { offDiagonal: number; halfSquare: number } {
  const last = x[length - 1];
  let rest = 0;
  for (let j = 0; j < length - 1; j++) rest += x[j] * x[j];
  if (rest < NEGLIGIBLE_SQUARE) {
    x.fill(0, 0, length);
    return { offDiagonal: last, halfSquare: 0 };
  }
  const norm = Math.sqrt(rest + last * last);
  const offDiagonal = last > 0 ? -norm : norm;
  x[length - 1] = last - offDiagonal;
  return { offDiagonal, halfSquare: norm * (norm + Math.abs(last)) };
}
