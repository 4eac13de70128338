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

/**
 * Brings a symmetric matrix to tridiagonal form with the same eigenvalues, by Householder reflections from the last
 * row up (Householder 1958; Martin, Reinsch & Wilkinson 1968).
 *
 * The update of one step and the matrix-vector product of the next read every element once, together: that single
 * pass is where nearly all of the time goes.
 *
 * @param matrix row-major [order, order], lower triangle; overwritten. The largest element should be near 1 in size
 *   (`symmetricEigenvalues` scales): squares are summed, and elements below 1e-30 count as zero.
 * @example
 * tridiagonalise(Float64Array.of(2, 0, 1, 2), 2); // diagonal [2, 2], offDiagonal [1, 0]
 */
export function tridiagonalise(matrix: Float64Array, order: number): Tridiagonal {
  const diagonal = new Float64Array(order);
  const offDiagonal = new Float64Array(order);
  // The pending update of the leading block is A − u wᵀ − w uᵀ; x is the reflection being built, p = A x.
  let u = new Float64Array(order);
  let w = new Float64Array(order);
  let x = new Float64Array(order);
  let p = new Float64Array(order);

  for (let i = order - 1; i >= 0; i--) {
    const row = i * order;
    for (let j = 0; j < i; j++) x[j] = matrix[row + j] - u[i] * w[j] - w[i] * u[j];
    diagonal[i] = matrix[row + i] - 2 * u[i] * w[i];
    if (i === 0) break;

    const { offDiagonal: e, halfSquare } = reflect(x, i);
    offDiagonal[i - 1] = e;
    updateAndMultiply(matrix, order, i, u, w, x, p);
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

/** A ← A − u wᵀ − w uᵀ and p ← A x on the leading block of order n, reading A's lower triangle once. */
function updateAndMultiply(
  matrix: Float64Array,
  stride: number,
  n: number,
  u: Float64Array,
  w: Float64Array,
  x: Float64Array,
  p: Float64Array,
): void {
  p.fill(0, 0, n);
  // Two rows at a time halve the loads of u, w, x and p. An odd first row is its diagonal element alone.
  const first = n % 2;
  if (first === 1) {
    matrix[0] -= 2 * u[0] * w[0];
    p[0] = matrix[0] * x[0];
  }
  for (let r = first; r < n; r += 2) {
    const s = r + 1;
    const rowR = r * stride;
    const rowS = s * stride;
    const ur = u[r];
    const wr = w[r];
    const xr = x[r];
    const us = u[s];
    const ws = w[s];
    const xs = x[s];
    let sumR = 0;
    let sumS = 0;
    for (let j = 0; j < r; j++) {
      const uj = u[j];
      const wj = w[j];
      const xj = x[j];
      const ar = matrix[rowR + j] - ur * wj - wr * uj;
      const as = matrix[rowS + j] - us * wj - ws * uj;
      matrix[rowR + j] = ar;
      matrix[rowS + j] = as;
      sumR += ar * xj;
      sumS += as * xj;
      p[j] += ar * xr + as * xs;
    }
    const arr = matrix[rowR + r] - 2 * ur * wr;
    const asr = matrix[rowS + r] - us * wr - ws * ur;
    const ass = matrix[rowS + s] - 2 * us * ws;
    matrix[rowR + r] = arr;
    matrix[rowS + r] = asr;
    matrix[rowS + s] = ass;
    p[r] = sumR + arr * xr + asr * xs;
    p[s] = sumS + asr * xr + ass * xs;
  }
}
