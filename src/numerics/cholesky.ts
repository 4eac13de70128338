/**
 * The inverse L⁻¹ of the Cholesky factor of a symmetric positive definite matrix A = L Lᵀ: A⁻¹ is L⁻ᵀ L⁻¹, its diagonal the sums of
 * squares of the columns of L⁻¹.
 *
 * @param matrix row-major `[order, order]`; only the lower triangle is read. Not changed.
 * @returns row-major, lower triangular; null where the matrix is not positive definite, or not finite.
 * Source: Golub & Van Loan, *Matrix Computations*, §4.2.
 * @example
 * [...inverseCholesky(Float64Array.of(4, 0, 2, 2), 2)] // [0.5, 0, -0.5, 1]
 */
export function inverseCholesky(matrix: Float64Array, order: number): Float64Array | null {
  const factor = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * order + j];
      for (let k = 0; k < j; k++) rest -= factor[i * order + k] * factor[j * order + k];
      if (i === j && !(rest > 0 && rest < Infinity)) return null;
      factor[i * order + j] = i === j ? Math.sqrt(rest) : rest / factor[j * order + j];
    }
  }
  const inverse = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    // Row i from the rows above it, along memory.
    for (let k = 0; k < i; k++) {
      const weight = factor[i * order + k];
      for (let j = 0; j <= k; j++) inverse[i * order + j] -= weight * inverse[k * order + j];
    }
    inverse[i * order + i] = 1;
    const pivot = factor[i * order + i];
    for (let j = 0; j <= i; j++) inverse[i * order + j] /= pivot;
  }
  return inverse;
}
