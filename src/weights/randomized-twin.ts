import type { Random } from '../numerics/random.ts';
import type { Matrix } from '../spectra/types.ts';

/**
 * Shuffles the elements of a matrix in place: a randomized twin, with the same elements and none of their order
 * (Fisher-Yates).
 */
export function shuffleElements({ data }: Matrix, random: Random): void {
  for (let i = data.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const value = data[i];
    data[i] = data[j];
    data[j] = value;
  }
}

/**
 * The Kolmogorov-Smirnov distance between two sets of values, 0 to 1: the largest gap between their distributions.
 *
 * @param a,b descending, without NaN.
 * @example
 * largestGap(Float64Array.of(3, 2), Float64Array.of(1, 0)); // 1
 */
export function largestGap(a: Float64Array, b: Float64Array): number {
  let [i, j, gap] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.max(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    gap = Math.max(gap, Math.abs(i / a.length - j / b.length));
  }
  return gap;
}
