import type { Random } from '../../src/numerics/random.ts';

/** A full symmetric matrix with independent standard normal elements. */
export function randomSymmetric(order: number, rng: Random): Float64Array {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * order + j] = rng.normal();
      matrix[j * order + i] = matrix[i * order + j];
    }
  }
  return matrix;
}

/** Q diag(values) Qᵀ, with Q a product of as many random reflections: a symmetric matrix of known eigenvalues. */
export function withEigenvalues(values: readonly number[], rng: Random): Float64Array {
  const n = values.length;
  let matrix: Float64Array = Float64Array.from({ length: n * n }, (_, at) =>
    at % (n + 1) === 0 ? values[at / (n + 1)] : 0,
  );
  for (let times = 0; times < 3; times++) {
    const v = Float64Array.from({ length: n }, () => rng.normal());
    const square = v.reduce((sum, value) => sum + value * value, 0);
    matrix = transpose(reflectColumns(transpose(reflectColumns(matrix, v, square), n), v, square), n);
  }
  return matrix;
}

/** Largest |a − b| over the largest |b|. */
export function maxRelativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    size = Math.max(size, Math.abs(b[i]));
  }
  return difference / (size || 1);
}

/** (I − 2 v vᵀ / square) A */
function reflectColumns(matrix: Float64Array, v: Float64Array, square: number): Float64Array {
  const n = v.length;
  const reflected = matrix.slice();
  for (let j = 0; j < n; j++) {
    let along = 0;
    for (let i = 0; i < n; i++) along += v[i] * matrix[i * n + j];
    for (let i = 0; i < n; i++) reflected[i * n + j] -= (2 * along * v[i]) / square;
  }
  return reflected;
}

function transpose(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % n) * n + Math.floor(at / n)]);
}
