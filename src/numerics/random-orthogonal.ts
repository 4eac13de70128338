import type { Random } from './random.ts';

/**
 * A random orthogonal matrix, uniformly distributed (Haar): the Gram-Schmidt basis of standard normal vectors. Two passes
 * keep it orthogonal to rounding (Giraud, Langou & Rozložník 2005).
 *
 * @param n rows and columns, at least 1.
 * @returns `[n, n]` row by row; rows and columns are orthonormal.
 * @example
 * const q = randomOrthogonal(3, createRandom(1));
 * q[0] * q[3] + q[1] * q[4] + q[2] * q[5]; // 0, up to rounding
 */
export function randomOrthogonal(n: number, random: Random): Float64Array {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = basis.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < n; j++) row[j] = random.normal();
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < i; k++) subtractProjection(row, basis.subarray(k * n, (k + 1) * n));
    }
    const norm = Math.sqrt(dot(row, row));
    for (let j = 0; j < n; j++) row[j] /= norm;
  }
  return basis;
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  const share = dot(row, unit);
  for (let j = 0; j < row.length; j++) row[j] -= share * unit[j];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
