import { describe, expect, it } from 'vitest';
import { waldStatistics } from '../../../../src/dynamics/detectors/mosum/wald-statistics.ts';
import { createRandom } from '../../../../src/numerics/random.ts';

describe('Wald statistics of neighboring lines', () => {
  it('are exact where the series is two lines', () => {
    // 1 + 2i up to 9, then 50 − i: halfway between 9 and 10 the lines stand at 20 and 40.5, their slopes at 2 and −1.
    const values = Float64Array.from({ length: 24 }, (_, i) => (i < 10 ? 1 + 2 * i : 50 - i));
    const { first, jumps, bends, deviations } = waldStatistics(values, 8);
    expect(first).toBe(8);
    expect(jumps.length).toBe(24 - 16 + 1);
    expect(jumps[2]).toBeCloseTo(40.5 - 20, 10);
    expect(bends[2]).toBeCloseTo(-3, 10);
    expect(deviations[2]).toBeCloseTo(0, 9);
    expect(deviations[0]).toBeGreaterThan(1);
  });

  it('are those of least squares by normal equations', () => {
    const rng = createRandom('lines');
    const values = Float64Array.from({ length: 60 }, () => 3 + rng.normal());
    const bandwidth = 13;
    const { first, jumps, bends, deviations } = waldStatistics(values, bandwidth);
    for (let p = 0; p < jumps.length; p += 5) {
      const meet = first + p - 0.5;
      const left = leastSquares(values, first + p - bandwidth, first + p);
      const right = leastSquares(values, first + p, first + p + bandwidth);
      expect(jumps[p]).toBeCloseTo(right.a + right.b * meet - left.a - left.b * meet, 9);
      expect(bends[p]).toBeCloseTo(right.b - left.b, 10);
      expect(deviations[p]).toBeCloseTo(left.deviations + right.deviations, 8);
    }
  });

  it('vary as stated, jump and bend without correlation', () => {
    // Each is linear in the values: unit impulses read off its weights.
    const g = 9;
    const weights = Array.from({ length: 2 * g }, (_, i) => {
      const impulse = new Float64Array(2 * g);
      impulse[i] = 1;
      const { jumps, bends } = waldStatistics(impulse, g);
      return [jumps[0], bends[0]];
    });
    const product = (a: number, b: number) => weights.reduce((sum, w) => sum + w[a] * w[b], 0);
    const { jumpVariance, bendVariance } = waldStatistics(new Float64Array(2 * g), g);
    expect(product(0, 0)).toBeCloseTo(jumpVariance, 12);
    expect(product(1, 1)).toBeCloseTo(bendVariance, 12);
    expect(product(0, 1)).toBeCloseTo(0, 12);
  });
});

function leastSquares(values: Float64Array, start: number, end: number) {
  let [m, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (let i = start; i < end; i++) {
    m += 1;
    sx += i;
    sy += values[i];
    sxx += i * i;
    sxy += i * values[i];
  }
  const b = (m * sxy - sx * sy) / (m * sxx - sx * sx);
  const a = (sy - b * sx) / m;
  let deviations = 0;
  for (let i = start; i < end; i++) deviations += (values[i] - a - b * i) ** 2;
  return { a, b, deviations };
}
