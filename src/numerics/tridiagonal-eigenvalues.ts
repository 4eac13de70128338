import type { Tridiagonal } from './tridiagonal.ts';

/** Far more QL sweeps than any symmetric matrix is known to need (about 1.7 per eigenvalue). */
const SWEEPS_PER_EIGENVALUE = 60;

/** An off-diagonal element is dropped if it is below rounding of its two diagonal neighbors (their geometric mean) … */
const ROUNDING = 2 ** -53;
/** … or below this share of the matrix norm, well under the error that the tridiagonal form carries already. */
const NEGLIGIBLE = 2 ** -60;

/**
 * All eigenvalues of a symmetric tridiagonal matrix, descending: the implicit QL method in the form of Pal, Walker and
 * Kahan, which needs no square roots and no vectors (Parlett 1998, *The Symmetric Eigenvalue Problem*, §8.15).
 *
 * Each eigenvalue carries an absolute error of a few units of rounding of the largest one.
 *
 * @param tridiagonal finite elements, near 1 in size at most (off-diagonal elements are squared); not changed.
 * @example
 * tridiagonalEigenvalues({ diagonal: Float64Array.of(2, 2), offDiagonal: Float64Array.of(1, 0) }); // [3, 1]
 */
export function tridiagonalEigenvalues(tridiagonal: Tridiagonal): Float64Array {
  const d = tridiagonal.diagonal.slice();
  const e = tridiagonal.offDiagonal.slice();
  const n = d.length;
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]), Math.abs(e[i]));
  const negligible = (norm * NEGLIGIBLE) ** 2;
  const squares = e.map((value) => value * value);

  let start = 0;
  while (start < n) {
    let end = start;
    while (end < n - 1 && !isNegligible(d, squares, end, negligible)) end++;
    solveBlock(d, squares, start, end, negligible);
    start = end + 1;
  }
  return d.sort().reverse();
}

/** Eigenvalues of the unreduced block start … end, left in d in some order. */
function solveBlock(
  d: Float64Array,
  squares: Float64Array,
  start: number,
  end: number,
  negligible: number,
): void {
  // QL finds the eigenvalues at the top first; that loses least where the small elements stand there.
  if (Math.abs(d[end]) < Math.abs(d[start])) {
    d.subarray(start, end + 1).reverse();
    squares.subarray(start, end).reverse();
  }
  let sweepsLeft = SWEEPS_PER_EIGENVALUE * (end - start + 1);
  let top = start;
  while (top <= end) {
    let bottom = top;
    while (bottom < end && !isNegligible(d, squares, bottom, negligible)) bottom++;
    if (bottom === top) {
      top++;
    } else if (sweepsLeft-- > 0) {
      qlSweep(d, squares, top, bottom);
    } else {
      throw new Error('the QL method did not converge: the matrix has elements that are not finite');
    }
  }
}

function isNegligible(d: Float64Array, squares: Float64Array, i: number, negligible: number): boolean {
  return squares[i] <= negligible || squares[i] <= ROUNDING * ROUNDING * Math.abs(d[i] * d[i + 1]);
}

/** One QL sweep over rows top … bottom with Wilkinson's shift; `squares` holds the squared off-diagonal. */
function qlSweep(d: Float64Array, squares: Float64Array, top: number, bottom: number): void {
  const root = Math.sqrt(squares[top]);
  const ratio = (d[top + 1] - d[top]) / (2 * root);
  const shift = d[top] - root / (ratio + Math.sign(ratio || 1) * Math.sqrt(ratio * ratio + 1));

  let c = 1;
  let s = 0;
  let gamma = d[bottom] - shift;
  let p = gamma * gamma;
  for (let i = bottom - 1; i >= top; i--) {
    const square = squares[i];
    const r = p + square;
    if (i < bottom - 1) squares[i + 1] = s * r;
    const previousC = c;
    c = p / r;
    s = square / r;
    const previousGamma = gamma;
    const alpha = d[i];
    gamma = c * (alpha - shift) - s * previousGamma;
    d[i + 1] = previousGamma + (alpha - gamma);
    p = c === 0 ? previousC * square : (gamma * gamma) / c;
  }
  squares[top] = s * p;
  d[top] = shift + gamma;
}
