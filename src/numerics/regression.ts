/** Coefficients of a regression, in the order of the columns. */
export type Coefficients = readonly number[];

/** Iterations after which a Poisson regression counts as not converging. */
const MOST_ITERATIONS = 100;

/**
 * Ordinary least squares by the normal equations: for few columns that are nowhere near dependent.
 *
 * @param rows of predictors, an intercept among them where one is wanted.
 * @returns null where the columns depend on each other.
 * @example
 * leastSquares([[1, 0], [1, 1], [1, 2]], [1, 3, 5]); // [1, 2]
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
): Coefficients | null {
  return weighted(rows, values, null);
}

/**
 * Poisson regression with exposure by iteratively reweighted least squares: log E(count) = log(exposure) + rows · coefficients.
 *
 * Source: McCullagh & Nelder 1989, *Generalized Linear Models*, ch. 2.5.
 *
 * @param exposures above 0, what each count was counted over.
 * @returns null where the columns depend on each other, or the likelihood has no maximum (a group without any count).
 */
export function poissonRegression(
  rows: readonly (readonly number[])[],
  counts: readonly number[],
  exposures: readonly number[],
): Coefficients | null {
  // From the counts themselves, moved off 0: the usual start.
  let linear = counts.map((count, i) => Math.log((count + 0.5) / exposures[i]));
  let last: Coefficients | null = null;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const means = linear.map((eta, i) => Math.exp(eta) * exposures[i]);
    const working = linear.map((eta, i) => eta + (counts[i] - means[i]) / means[i]);
    const found = weighted(rows, working, means);
    if (found === null || found.some((b) => !Number.isFinite(b) || Math.abs(b) > 50)) return null;
    const moved = last === null ? 1 : Math.max(...found.map((b, k) => Math.abs(b - last![k])));
    last = found;
    if (moved < 1e-11) return found;
    linear = rows.map((row) => row.reduce((sum, x, k) => sum + x * found[k], 0));
  }
  return null;
}

/** Weighted least squares by Cholesky's factors of the scaled normal equations. */
function weighted(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  weights: readonly number[] | null,
): Coefficients | null {
  const size = rows[0].length;
  const normal = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  rows.forEach((row, i) => {
    const weight = weights?.[i] ?? 1;
    for (let a = 0; a < size; a++) {
      right[a] += weight * row[a] * values[i];
      for (let b = 0; b <= a; b++) normal[a][b] += weight * row[a] * row[b];
    }
  });
  return solvePositive(normal, right);
}

/** Solves A x = b of a symmetric positive definite A, of which the lower triangle is read; null where it is singular. */
function solvePositive(lower: readonly Float64Array[], right: Float64Array): number[] | null {
  const size = right.length;
  const factor = lower.map((row) => Float64Array.from(row));
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = factor[a][b];
      for (let k = 0; k < b; k++) sum -= factor[a][k] * factor[b][k];
      if (a === b) {
        if (!(sum > 1e-12 * lower[a][a])) return null;
        factor[a][a] = Math.sqrt(sum);
      } else {
        factor[a][b] = sum / factor[b][b];
      }
    }
  }
  const solved = Array.from(right);
  for (let a = 0; a < size; a++) {
    for (let k = 0; k < a; k++) solved[a] -= factor[a][k] * solved[k];
    solved[a] /= factor[a][a];
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let k = a + 1; k < size; k++) solved[a] -= factor[k][a] * solved[k];
    solved[a] /= factor[a][a];
  }
  return solved;
}
