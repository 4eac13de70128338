/** Differences of a few spacings of floating-point numbers come from the order of summation. */
const SMALLEST_SPACINGS = 4;

/**
 * Differences up to this may be nothing but floating-point rounding. Values that are all exact in float32 are taken to
 * have been rounded to it.
 *
 * @param values finite.
 */
export function roundingResolution(values: Float64Array): number {
  let largest = 0;
  let inFloat32 = true;
  for (const value of values) {
    largest = Math.max(largest, Math.abs(value));
    if (Math.fround(value) !== value) inFloat32 = false;
  }
  if (largest === 0) return 0;
  const digits = inFloat32 ? 23 : 52;
  return SMALLEST_SPACINGS * 2 ** (Math.floor(Math.log2(largest)) - digits);
}
