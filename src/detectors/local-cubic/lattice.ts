/** The grid that rounding puts the values on. */
export interface Lattice {
  /** Smallest distance between values, or the spacing of floating-point numbers there if that is larger. */
  readonly spacing: number;
  /** How many distinct values there are. */
  readonly distinct: number;
}

/**
 * How coarsely the values are stored. Values that are all exact in float32 are taken to have been rounded to it.
 *
 * @param values finite.
 */
export function latticeOf(values: Float64Array): Lattice {
  const sorted = Float64Array.from(values).sort();
  let gap = Infinity;
  let distinct = values.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    distinct++;
    gap = Math.min(gap, sorted[i] - sorted[i - 1]);
  }
  const largest = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted[sorted.length - 1] ?? 0));
  const digits = values.every((value) => Math.fround(value) === value) ? 23 : 52;
  const ulp = largest > 0 ? 2 ** (Math.floor(Math.log2(largest)) - digits) : 0;
  return { spacing: Math.max(Number.isFinite(gap) ? gap : 0, ulp), distinct };
}
