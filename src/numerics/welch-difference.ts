import { mean, variance } from './moments.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';

/** The difference of two means, for samples that need not vary alike. */
export interface WelchDifference {
  /** Mean of the second less mean of the first. */
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Two-sided, of equal means. */
  readonly pValue: number;
}

/**
 * Welch's interval and test of a difference of means, with Satterthwaite's degrees of freedom.
 *
 * @param a at least 2 values.
 * @param b at least 2 values.
 * @param confidence of the interval, between 0 and 1.
 * @param leastVariance a variance that each sample has at least, e.g. of the rounding of its values.
 * @example
 * const { value, pValue } = welchDifference([1, 2, 3], [4, 5, 6]);
 * value // 3
 * pValue.toFixed(4) // '0.0213'
 */
export function welchDifference(
  a: readonly number[],
  b: readonly number[],
  confidence = 0.95,
  leastVariance = 0,
): WelchDifference {
  if (a.length < 2 || b.length < 2)
    throw new RangeError(`samples have ${a.length} and ${b.length} values; allowed: at least 2 each`);
  const [errorA, errorB] = [a, b].map((own) => Math.max(variance(own, 1), leastVariance) / own.length);
  const sum = errorA + errorB;
  const freedom =
    sum === 0
      ? a.length + b.length - 2
      : sum ** 2 / (errorA ** 2 / (a.length - 1) + errorB ** 2 / (b.length - 1));
  const value = mean(b) - mean(a);
  const error = Math.sqrt(sum);
  const margin = studentTQuantile((1 + confidence) / 2, freedom) * error;
  const t = value === 0 ? 0 : -Math.abs(value) / error;
  return {
    value,
    interval: [value - margin, value + margin],
    pValue: 2 * studentTCdf(Math.max(t, -1e100), freedom),
  };
}
