import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/numerics/normal-distribution.ts';
import { MAD_TO_SD, median, medianAbsoluteDeviation, quantile } from '../../src/numerics/quantile.ts';

const x = [3.1, -2.0, 0.5, 7.25, 3.1, -9.75, 4.0, 0.5, 0.5, 12.0];

describe('quantiles', () => {
  it.each([
    [0, -9.75],
    [0.1, -2.775],
    [0.25, 0.5],
    [0.37, 0.5],
    [0.5, 1.8],
    [0.9, 7.724999999999998],
    [0.975, 10.931250000000002],
    [1, 12.0],
  ])('the %f-quantile is NumPy’s %f, to the last bit', (p, expected) => {
    expect(quantile(x, p)).toBe(expected);
  });

  it('the median absolute deviation is SciPy’s, and MAD_TO_SD scales it to a normal sd', () => {
    expect(median(x)).toBe(1.8);
    expect(medianAbsoluteDeviation(x)).toBe(1.75);
    expect(MAD_TO_SD * normalQuantile(0.75)).toBeCloseTo(1, 14);
  });

  it('rise with p and stay within the data', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 });
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, p, p, (data, a, b) => {
        const [low, high] = [quantile(data, Math.min(a, b)), quantile(data, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...data));
        expect(high).toBeLessThanOrEqual(Math.max(...data));
      }),
    );
  });

  it('leave the data in their order', () => {
    const data = Float64Array.of(3, 1, 2);
    quantile(data, 0.5);
    expect([...data]).toEqual([3, 1, 2]);
  });

  it('refuse no values and p outside 0 to 1', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.1)).toThrow('allowed: 0 to 1');
  });
});
