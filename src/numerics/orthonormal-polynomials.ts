/**
 * Discrete orthonormal polynomials (Gram polynomials) on 0 … length−1: column k has degree k, unit norm, and is
 * orthogonal to the columns before it. Built from Legendre polynomials by Gram-Schmidt, so well conditioned.
 *
 * @param degree highest degree, below `length`.
 * @returns degree + 1 vectors of `length`.
 */
export function orthonormalPolynomials(length: number, degree: number): Float64Array[] {
  return orthonormalize(legendrePolynomials(length, degree));
}

/** Legendre polynomials P₀ … P_degree on `length` equally spaced points of [−1, 1]. */
export function legendrePolynomials(length: number, degree: number): Float64Array[] {
  if (!(degree < length)) throw new RangeError(`degree is ${degree}; allowed: below the length ${length}`);
  const x = new Float64Array(length);
  for (let i = 0; i < length; i++) x[i] = length === 1 ? 0 : (2 * i) / (length - 1) - 1;
  const polynomials = [new Float64Array(length).fill(1), x];
  for (let k = 1; k < degree; k++) {
    const last = polynomials[k];
    const before = polynomials[k - 1];
    const next = new Float64Array(length);
    for (let i = 0; i < length; i++) next[i] = ((2 * k + 1) * x[i] * last[i] - k * before[i]) / (k + 1);
    polynomials.push(next);
  }
  return polynomials.slice(0, degree + 1);
}

/** Gram-Schmidt in place, each vector twice, which leaves them orthogonal to rounding (Giraud et al. 2005). */
export function orthonormalize(vectors: Float64Array[]): Float64Array[] {
  for (let k = 0; k < vectors.length; k++) {
    const norm = removeProjections(vectors[k], vectors.slice(0, k));
    for (let i = 0; i < vectors[k].length; i++) vectors[k][i] /= norm;
  }
  return vectors;
}

/**
 * Makes `vector` orthogonal to the orthonormal `basis`, in place, and returns the norm of what is left. A second pass
 * follows where the first has left less than a tenth, and with it rounding errors of ten times the usual size.
 *
 * @param squares the vector's own sum of squares, where it is known.
 */
export function removeProjections(
  vector: Float64Array,
  basis: readonly Float64Array[],
  squares: number = dot(vector, vector),
): number {
  const after = subtractProjections(vector, basis);
  return Math.sqrt(after > 0.01 * squares ? after : subtractProjections(vector, basis));
}

/**
 * One after another (modified Gram-Schmidt), each in the pass that already sums the product with the next: additions that
 * wait for one another take the time here, not the arithmetic.
 *
 * @returns the sum of squares of what is left.
 */
function subtractProjections(vector: Float64Array, basis: readonly Float64Array[]): number {
  if (basis.length === 0) return dot(vector, vector);
  let along = dot(vector, basis[0]);
  for (let k = 0; k < basis.length; k++) {
    const q = basis[k];
    const next = k + 1 < basis.length ? basis[k + 1] : vector;
    let sum = 0;
    for (let i = 0; i < vector.length; i++) {
      const left = vector[i] - along * q[i];
      vector[i] = left;
      sum += left * next[i];
    }
    along = sum;
  }
  return along;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
