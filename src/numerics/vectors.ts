import type { Random } from './random.ts';

/*
 * Loops in place of `map` and `reduce`, which call a function per element: networks have millions of them.
 */

/** Σ aᵢ bᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** a + factor · b, into a. */
export function addMultiple(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

/** Euclidean norm, also where squares leave the range of numbers; not finite if an element is not. */
export function norm(v: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < v.length; i++) {
    const size = Math.abs(v[i]);
    // Written so that what is no number is taken, and kept.
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(largest)) return largest;
  }
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += (v[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** The vector scaled to norm 1; its norm must not be 0. */
export function direction(v: Float64Array): Float64Array {
  const size = norm(v);
  const scaled = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) scaled[i] = v[i] / size;
  return scaled;
}

/** Uniform on the unit sphere. */
export function randomDirection(length: number, rng: Random): Float64Array {
  return direction(Float64Array.from({ length }, () => rng.normal()));
}

/** Elements +1 or −1, each with probability ½ (Rademacher). */
export function randomSigns(length: number, rng: Random): Float64Array {
  return Float64Array.from({ length }, () => (rng.uniform() < 0.5 ? -1 : 1));
}
