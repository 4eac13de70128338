/** Differences of a few spacings of floating-point numbers come from the order of summation. */
const SMALLEST_SPACINGS = 4;

/**
 * Differences up to this may be nothing but floating-point rounding. Values that are all exact in float32 are taken to
 * have been rounded to it.
 *
 * @param values finite.
 */
export function roundingResolution(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  const digits = values.every((value) => Math.fround(value) === value) ? 23 : 52;
  return SMALLEST_SPACINGS * 2 ** (Math.floor(Math.log2(largest)) - digits);
}
