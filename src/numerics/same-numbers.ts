/**
 * Whether two lists hold the same numbers in the same order. NaN is not the same as any.
 *
 * @example
 * sameNumbers([1, 2], Float64Array.of(1, 2)); // true
 */
export function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
