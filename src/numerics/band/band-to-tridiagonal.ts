import type { Tridiagonal } from '../tridiagonal.ts';
import type { BandMatrix } from './band-matrix.ts';

const NEGLIGIBLE_SQUARE = 2 ** -200;

/**
 * Brings a symmetric band matrix to tridiagonal form with the same eigenvalues. Column by column, a reflection clears what
 * stands below the first subdiagonal; what that fills in beyond the band is chased down and out of the matrix (Schwarz
 * 1968; with reflections Murata & Horikoshi 1975, Bischof, Lang & Sun 2000).
 *
 * @param band is overwritten.
 */
export function bandToTridiagonal({ order, bandwidth, kept, values: a }: BandMatrix): Tridiagonal {
  const v = new Float64Array(bandwidth);
  const w = new Float64Array(bandwidth);
  const next = new Float64Array(bandwidth);
  // Element (row, column) of the lower half stands at column * step + row.
  const step = kept - 1;
  for (let column = 0; column < order - 2; column++) {
    let from = column + 1;
    let length = Math.min(bandwidth, order - from);
    let factor = reflectColumn(a, column * step + from, length, v);
    while (length > 0) {
      if (factor !== 0) bothSides(a, step, from, length, factor, v, w);
      const below = from + length;
      const height = Math.min(bandwidth, order - below);
      if (height <= 0) break;
      if (factor !== 0) fromTheRight(a, step, below, height, from, length, factor, v, w);
      // The first column of what was filled in; the others are cleared when their turn comes.
      const nextFactor = reflectColumn(a, from * step + below, height, next);
      if (nextFactor !== 0) fromTheLeft(a, step, below, height, from + 1, length - 1, nextFactor, next);
      v.set(next);
      factor = nextFactor;
      from = below;
      length = height;
    }
  }
  const diagonal = new Float64Array(order);
  const offDiagonal = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    diagonal[i] = a[i * kept];
    if (i < order - 1) offDiagonal[i] = a[i * kept + 1];
  }
  return { diagonal, offDiagonal };
}

/** Maps `length` elements from `at` onto their first, and leaves the reflection's vector (leading 1) in v; returns τ. */
function reflectColumn(a: Float64Array, at: number, length: number, v: Float64Array): number {
  const first = a[at];
  let rest = 0;
  for (let i = 1; i < length; i++) rest += a[at + i] * a[at + i];
  if (rest < NEGLIGIBLE_SQUARE) {
    for (let i = 1; i < length; i++) a[at + i] = 0;
    return 0;
  }
  const norm = Math.sqrt(first * first + rest);
  const leading = first > 0 ? -norm : norm;
  const scale = 1 / (first - leading);
  v[0] = 1;
  for (let i = 1; i < length; i++) {
    v[i] = a[at + i] * scale;
    a[at + i] = 0;
  }
  a[at] = leading;
  return (leading - first) / leading;
}

/** S ← H S H of the square on the diagonal, its lower half: S − v wᵀ − w vᵀ. */
function bothSides(
  a: Float64Array,
  step: number,
  from: number,
  length: number,
  factor: number,
  v: Float64Array,
  w: Float64Array,
): void {
  for (let i = 0; i < length; i++) w[i] = 0;
  for (let j = 0; j < length; j++) {
    const at = (from + j) * step + from;
    const vj = v[j];
    let sum = a[at + j] * vj;
    for (let i = j + 1; i < length; i++) {
      const value = a[at + i];
      w[i] += value * vj;
      sum += value * v[i];
    }
    w[j] += sum;
  }
  let vw = 0;
  for (let i = 0; i < length; i++) vw += v[i] * w[i];
  const shift = 0.5 * factor * vw;
  for (let i = 0; i < length; i++) w[i] = factor * (w[i] - shift * v[i]);
  for (let j = 0; j < length; j++) {
    const at = (from + j) * step + from;
    const vj = v[j];
    const wj = w[j];
    for (let i = j; i < length; i++) a[at + i] -= v[i] * wj + w[i] * vj;
  }
}

/** B ← B H of the rectangle below, `height` rows from `below`, `length` columns from `from`. */
function fromTheRight(
  a: Float64Array,
  step: number,
  below: number,
  height: number,
  from: number,
  length: number,
  factor: number,
  v: Float64Array,
  sums: Float64Array,
): void {
  for (let i = 0; i < height; i++) sums[i] = 0;
  for (let j = 0; j < length; j++) {
    const at = (from + j) * step + below;
    const vj = v[j];
    for (let i = 0; i < height; i++) sums[i] += a[at + i] * vj;
  }
  for (let j = 0; j < length; j++) {
    const at = (from + j) * step + below;
    const scale = factor * v[j];
    for (let i = 0; i < height; i++) a[at + i] -= sums[i] * scale;
  }
}

/** B ← H B of `height` rows from `below`, `length` columns from `from`. */
function fromTheLeft(
  a: Float64Array,
  step: number,
  below: number,
  height: number,
  from: number,
  length: number,
  factor: number,
  v: Float64Array,
): void {
  for (let j = 0; j < length; j++) {
    const at = (from + j) * step + below;
    let sum = 0;
    for (let i = 0; i < height; i++) sum += v[i] * a[at + i];
    sum *= factor;
    for (let i = 0; i < height; i++) a[at + i] -= sum * v[i];
  }
}
