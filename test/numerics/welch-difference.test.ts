import { describe, expect, it } from 'vitest';
import { welchDifference } from '../../src/numerics/welch-difference.ts';

describe("Welch's difference of means", () => {
  it('gives what SciPy gives', () => {
    const a = [27.5, 21, 19, 23.6, 17, 17.9];
    const b = [27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8];
    const mean = (values: number[]) => values.reduce((x, y) => x + y) / values.length;
    const { value, interval, pValue } = welchDifference(a, b);
    expect(value).toBeCloseTo(mean(b) - mean(a), 12);
    expect(interval[0] + interval[1]).toBeCloseTo(2 * value, 12);
    // scipy.stats.ttest_ind(b, a, equal_var=False)
    expect(pValue).toBeCloseTo(0.1749335507105213, 12);
    // The p-value and the interval are one statement: at the confidence 1 − p one end of the interval is 0.
    expect(welchDifference(a, b, 1 - pValue).interval[0]).toBeCloseTo(0, 9);
    // Of equal variances and sizes it is Student's t test: t = 3/√(2/3), 4 degrees of freedom.
    expect(welchDifference([1, 2, 3], [4, 5, 6]).pValue).toBeCloseTo(0.021312, 6);
  });

  it('is sure where nothing varies, unless values are known no finer than so', () => {
    expect(welchDifference([1, 1], [1, 1])).toEqual({ value: 0, interval: [0, 0], pValue: 1 });
    expect(welchDifference([1, 1], [2, 2]).pValue).toBeLessThan(1e-12);
    expect(welchDifference([1, 1], [2, 2], 0.95, 1).pValue).toBeGreaterThan(0.3);
  });

  it('needs two values on either side', () => {
    expect(() => welchDifference([1], [2, 3])).toThrow(/1 and 2 values; allowed: at least 2 each/);
  });
});
