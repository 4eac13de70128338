import { describe, expect, it } from 'vitest';
import {
  highestPeak,
  peaks,
  type Scan,
  scan,
  testAt,
  withoutSteps,
} from '../../../../src/dynamics/detectors/local-cubic/scan.ts';
import { withoutInnovation } from '../../../../src/dynamics/detectors/local-cubic/shrinkage.ts';
import { WhitenedWindow } from '../../../../src/dynamics/detectors/local-cubic/whitened-window.ts';
import { firstOrderAutoregression } from '../../../../src/numerics/autoregression.ts';
import { createRandom } from '../../../../src/numerics/random.ts';

/**
 * Generalized least squares by NumPy 1.24.2: 24 values, noise covariance φ^|i−j|/(1−φ²) with φ = 0.6, regressors
 * 1, t, t², t³ and the change at t = 9; 24 − 5 degrees of freedom. Computed from the inverse covariance matrix.
 */
const VALUES = Float64Array.from(
  { length: 24 },
  (_, t) => ((7 * t * t + 3 * t) % 11) / 10 + 0.02 * t * t + (t >= 9 ? 1.5 : 0),
);
const window = new WhitenedWindow(24, 0.6);
const stepProbe = { window, shape: (p: number) => window.step(p), margin: 5, noiseFloor: 0 };

describe('the test of one change', () => {
  it('is the t statistic of generalized least squares for a step', () => {
    const { size, statistic, noise } = testAt(VALUES, 9, stepProbe);
    expect(size).toBeCloseTo(0.6492773677869493, 10);
    expect(statistic).toBeCloseTo(0.9735764579246727, 10);
    expect(noise).toBeCloseTo(0.56290413920375, 10);
  });

  it('is that for a kink', () => {
    const { size, statistic } = testAt(VALUES, 9, { ...stepProbe, shape: (p) => window.kink(p) });
    expect(size).toBeCloseTo(-0.22644562632468695, 10);
    expect(statistic).toBeCloseTo(-0.46009179955439433, 10);
  });

  it('is that with one more regressor where the innovation at the step is left out', () => {
    // The same with the response to a unit innovation at t = 9 among the regressors; 24 − 6 degrees of freedom.
    const statistic = withoutInnovation(window, window.fit(VALUES, 0), window.step(9), 9, 0);
    expect(statistic).toBeCloseTo(0.9908146462969, 10);
  });

  it('does not see a cubic, however steep', () => {
    const bent = VALUES.map((value, t) => value + 1e3 * t - 50 * t ** 2 + 2 * t ** 3);
    expect(testAt(bent, 9, stepProbe).statistic).toBeCloseTo(testAt(VALUES, 9, stepProbe).statistic, 6);
  });

  it('says nothing where nothing varies', () => {
    expect(testAt(new Float64Array(24).fill(7), 9, stepProbe)).toMatchObject({ statistic: 0, size: 0 });
  });
});

describe('a scan', () => {
  it('is standard normal where nothing changes and the noise model holds', () => {
    const wide = new WhitenedWindow(120, 0.5);
    const probe = { window: wide, shape: (p: number) => wide.step(p), margin: 15, noiseFloor: 0 };
    let squares = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { statistic } = scan(firstOrderAutoregression(399, 0.5, createRandom(seed)), probe);
      for (const t of [60, 200, 340]) squares += statistic[t] ** 2 / 180;
    }
    // Student t with 115 degrees of freedom: mean square 1.018; standard error about √(2/180) = 0.11.
    expect(squares).toBeGreaterThan(0.7);
    expect(squares).toBeLessThan(1.35);
  });

  it('is 0 in the margins', () => {
    const { statistic } = scan(VALUES, stepProbe);
    expect(statistic.subarray(0, 5).every((value) => value === 0)).toBe(true);
    expect(statistic.subarray(20).every((value) => value === 0)).toBe(true);
    expect(statistic.subarray(5, 20).every((value) => value !== 0)).toBe(true);
  });
});

describe('peaks', () => {
  const statistic = Float64Array.of(0, 1, -5, 1, 2, 4, 3, 0, 3.5, 0);
  const result: Scan = { statistic, size: statistic };

  it('are local maxima of either sign, in falling order, kept apart', () => {
    expect(peaks(result, 2.5, 1)).toEqual([2, 5, 8]);
    expect(peaks(result, 2.5, 3)).toEqual([2, 8]);
    expect(peaks(result, 2.5, 1, 2)).toEqual([2, 5]);
    expect(peaks(result, 6, 1)).toEqual([]);
  });

  it('are not found on a masked place, nor on the shoulder of a masked peak', () => {
    const masked = Uint8Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
    expect(highestPeak(result, masked, 0.5)).toBe(-1);
  });

  it('leave the data without them when taken out', () => {
    const level = Float64Array.of(1, 1, 3, 3, 2, 2);
    const size = Float64Array.of(0, 0, 2, 0, -1, 0);
    expect(Array.from(withoutSteps(level, { statistic: size, size }, [2, 4]))).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
