import type { Detection, Detector, DetectorOptions, Series } from './types.ts';

/**
 * Makes a detector blind to the unit of measurement: it sees the values multiplied by the power of two that brings the
 * largest to between 1 and 2. That is exact, so that a series in any unit gives the same changes to the last digit; and
 * no square of a value overflows, nor vanishes beneath the smallest number.
 */
export function inOwnUnit<Options extends DetectorOptions>(detect: Detector<Options>): Detector<Options> {
  return (series: Series, options?: Options): Detection => {
    const exponent = exponentOf(series.values);
    const detection = detect({ ...series, values: scaled(series.values, -exponent) }, options);
    if (!detection.testable) return detection;
    return {
      ...detection,
      changes: detection.changes.map((change) => ({
        ...change,
        magnitude: Math.min(Number.MAX_VALUE, scaled(Float64Array.of(change.magnitude), exponent)[0]),
      })),
    };
  };
}

/** Of the largest finite value's power of two; 0 where there is none but 0. */
function exponentOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 0 : Math.floor(Math.log2(largest));
}

/** The values times 2^exponent, in two halves, for 2^1074 is no number itself. */
function scaled(values: Float64Array, exponent: number): Float64Array {
  if (exponent === 0) return values;
  const half = Math.trunc(exponent / 2);
  const first = 2 ** half;
  const second = 2 ** (exponent - half);
  const multiples = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) multiples[i] = values[i] * first * second;
  return multiples;
}
