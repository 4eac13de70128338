import { describe, expect, it } from 'vitest';
import { chiProcessQuantile, chiProcessTail } from '../../../src/detectors/mosum/chi-process-tail.ts';
import { waldStatistics } from '../../../src/detectors/mosum/wald-statistics.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { mostBy } from '../../dynamics/planted-series.ts';

describe('the tail of the moving statistic', () => {
  it('is that of a chi-squared variable with 2 degrees of freedom where nothing moves', () => {
    // P(χ²₂ > 16) = exp(−8), and 1 − exp(−p) is p but for p²/2.
    expect(chiProcessTail(4, 0)).toBeCloseTo(Math.exp(-8), 6);
  });

  it('falls with height, grows with length, and is undone by its quantile', () => {
    for (const windows of [2, 20, 50_000]) {
      for (const probability of [0.5, 0.05, 1e-6]) {
        const height = chiProcessQuantile(probability, windows);
        expect(chiProcessTail(height, windows) / probability).toBeCloseTo(1, 9);
        expect(chiProcessTail(height + 0.1, windows)).toBeLessThan(probability);
        expect(chiProcessTail(height, 2 * windows)).toBeGreaterThan(probability);
      }
    }
  });

  it('approaches the Gumbel limit: P(max > (b + x)/a) → 1 − exp(−2·exp(−x)), b with log 3', () => {
    const gumbelHeight = (windows: number) => {
      const log = Math.log(windows);
      const x = -Math.log(-Math.log(0.95) / 2);
      return (2 * log + Math.log(log) + Math.log(3) + x) / Math.sqrt(2 * log);
    };
    const gap = (windows: number) => gumbelHeight(windows) - chiProcessQuantile(0.05, windows);
    expect(gap(1e2)).toBeGreaterThan(gap(1e6));
    expect(gap(1e6)).toBeGreaterThan(gap(1e60));
    expect(gap(1e60)).toBeGreaterThan(-0.05);
    expect(gap(1e60)).toBeLessThan(0.1);
  });

  it('bounds how often white noise of known variance exceeds it, without waste', () => {
    const [n, bandwidth, trials] = [1000, 100, 400];
    const height = chiProcessQuantile(0.2, (n - 2 * bandwidth) / bandwidth);
    const rng = createRandom('moving');
    let exceeded = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: n }, () => rng.normal());
      if (waldStatistics(values, bandwidth).gains.some((gain) => gain > height ** 2)) exceeded++;
    }
    expect(exceeded).toBeLessThanOrEqual(mostBy(0.2, trials));
    expect(exceeded).toBeGreaterThan(0.05 * trials);
  });
});
