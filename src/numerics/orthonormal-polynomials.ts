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
  const x = Float64Array.from({ length }, (_, i) => (length === 1 ? 0 : (2 * i) / (length - 1) - 1));
  const polynomials = [new Float64Array(length).fill(1), x];
  for (let k = 1; k < degree; k++) {
    polynomials.push(
      x.map((xi, i) => ((2 * k + 1) * xi * polynomials[k][i] - k * polynomials[k - 1][i]) / (k + 1)),
    );
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
 */
export function removeProjections(vector: Float64Array, basis: readonly Float64Array[]): number {
  const before = dot(vector, vector);
  subtractProjections(vector, basis);
  const after = dot(vector, vector);
  if (after > 0.01 * before) return Math.sqrt(after);
  subtractProjections(vector, basis);
  return Math.sqrt(dot(vector, vector));
}

function subtractProjections(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (const q of basis) {
    const along = dot(vector, q);
    for (let i = 0; i < vector.length; i++) vector[i] -= along * q[i];
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
