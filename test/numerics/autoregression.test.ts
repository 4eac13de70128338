import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autocorrelations } from '../../src/numerics/autocorrelation.ts';
import {
  continueAutocorrelations,
  firstOrderAutoregression,
  yuleWalker,
} from '../../src/numerics/autoregression.ts';
import { createRandom } from '../../src/numerics/random.ts';

const VALUES = Float64Array.of(0.3, -1.2, 2.5, 0.7, -0.4, 1.9, -2.2, 0.05);

describe('autocorrelations', () => {
  it('are those of NumPy', () => {
    // x = values - mean; np.correlate(x, x, 'full')[7:12] divided by its first entry (NumPy 1.24.2)
    const expected = [
      1, -0.4383134976858411, 0.009705298951544337, 0.22309672239539058, -0.48573722489846033,
    ];
    const found = autocorrelations(VALUES, 4);
    for (let lag = 0; lag < 5; lag++) expect(found?.[lag]).toBeCloseTo(expected[lag], 13);
  });

  it('do not exist where nothing varies', () => {
    expect(autocorrelations(new Float64Array(5).fill(3), 2)).toBeNull();
  });

  it('refuse a lag as long as the series', () => {
    expect(() => autocorrelations(VALUES, 8)).toThrow('maxLag is 8');
  });
});

describe('the Yule-Walker equations', () => {
  it('have the solution of SciPy', () => {
    // scipy.linalg.solve_toeplitz(r[:4], r[1:5]) with r from above (SciPy 1.10.1)
    const expected = [-0.4314447944863468, -0.18942332023589956, -0.03175313700112106, -0.40156272394417897];
    const { coefficients, innovationShare } = yuleWalker(autocorrelations(VALUES, 4) as Float64Array);
    for (let k = 0; k < 4; k++) expect(coefficients[k]).toBeCloseTo(expected[k], 12);
    expect(innovationShare).toBeCloseTo(0.6247603906610338, 12);
  });

  it('continue the autocorrelations of a first-order autoregression as powers', () => {
    const continued = continueAutocorrelations(Float64Array.of(1, 0.8), 10);
    continued.forEach((value, lag) => {
      expect(value).toBeCloseTo(0.8 ** lag, 12);
    });
  });

  it('have no autocorrelations of values whose squares float64 has with few digits', () => {
    expect(autocorrelations(Float64Array.of(0, 4.2173882024642786e-162, 0, 0, 0, 0), 4)).toBeNull();
    expect(autocorrelations(Float64Array.of(0, 1e-140, 0, 0, 0, 0), 1)![1]).toBeCloseTo(-7 / 30, 12);
  });

  it('give a stationary model for any series: every continued autocorrelation is within 1', () => {
    const series = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(series, (values) => {
        const correlations = autocorrelations(Float64Array.from(values), 4);
        fc.pre(correlations !== null);
        const continued = continueAutocorrelations(correlations, 200);
        expect(Math.max(...continued.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

describe('a drawn first-order autoregression', () => {
  it('has unit variance and the asked correlation', () => {
    const values = firstOrderAutoregression(20_000, 0.7, createRandom(3));
    const squares = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    // Standard errors: of the variance √(2/n·(1+φ²)/(1−φ²)) = 0.017, of the correlation √((1−φ²)/n) = 0.005.
    expect(squares).toBeGreaterThan(0.93);
    expect(squares).toBeLessThan(1.07);
    expect(Math.abs((autocorrelations(values, 1)?.[1] ?? 0) - 0.7)).toBeLessThan(0.02);
  });

  it('refuses a root on the unit circle', () => {
    expect(() => firstOrderAutoregression(10, 1, createRandom(1))).toThrow('phi is 1');
  });
});
