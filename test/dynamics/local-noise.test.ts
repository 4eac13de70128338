import { describe, expect, it } from 'vitest';
import { localNoise, medianError, noiseWithin } from '../../src/dynamics/local-noise.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { measurements, noisy, steps } from './planted-series.ts';

const rng = createRandom('local noise');

describe('local noise', () => {
  it('is large where the noise is, around a level that moves', () => {
    const noise = noisy(() => 0, 1, rng).map((value, i) => (i < 200 ? 0.4 : 0.1) * value);
    const estimated = localNoise({ steps, values: noise.map((value, i) => value + i / 100) });
    if (!estimated.determined) throw new Error(estimated.reason);
    expect(noiseWithin(estimated, [200, 800])).toBeCloseTo(0.4, 1);
    expect(noiseWithin(estimated, [1200, 1800])).toBeCloseTo(0.1, 1);
    expect(estimated.phi).toBeLessThan(0.3);
  });

  it('leaves out measurements without a value, and says when too few are left', () => {
    const values = noisy(() => 1, 0.1, rng);
    values.fill(Number.NaN, 19);
    expect(localNoise({ steps, values })).toEqual({
      determined: false,
      reason: '19 measurements with a value; at least 20 are needed',
    });
    values[measurements - 1] = 1;
    const noise = localNoise({ steps, values });
    expect(noise.determined && noise.steps.at(-1)).toBe(steps.at(-1));
  });

  it('takes nothing for rounding that is more than a few spacings of the stored numbers', () => {
    const resolution = (values: Float64Array) => {
      const noise = localNoise({ steps, values });
      return noise.determined ? noise.resolution : null;
    };
    const values = noisy(() => 5, 0.1, rng);
    expect(resolution(values)).toBe(4 * 4 * Number.EPSILON);
    expect(resolution(values.map(Math.fround))).toBe(4 * 4 * 2 ** -23);
  });
});

describe('standard error of a median', () => {
  /** Variance of a mean of AR(1) values, summed over all pairs. */
  const meanVariance = (n: number, phi: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += phi ** Math.abs(i - j);
    return sum / n ** 2;
  };

  it.each([
    [1, 0.5],
    [10, 0],
    [10, 0.5],
    [21, 0.9],
  ])('of %d values with φ = %d is that of their mean times √(π/2)', (n, phi) => {
    const expected = 0.3 * Math.sqrt((Math.PI / 2) * meanVariance(n, phi));
    expect(medianError(0.3, n, phi)).toBeCloseTo(expected, 12);
  });
});
