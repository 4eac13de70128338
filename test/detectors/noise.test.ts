import { describe, expect, it } from 'vitest';
import { estimateNoise, fluctuation } from '../../src/detectors/noise.ts';
import { mean } from '../../src/numerics/moments.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { measurements, noisy } from '../dynamics/planted-series.ts';

const trials = Array.from({ length: 60 }, (_, trial) => trial);

describe('noise estimated from differences', () => {
  it.each([
    ['white noise around a constant', () => 3, 0],
    ['white noise around a decay', (i: number) => 10 * Math.exp(-i / 80), 0],
    ['AR(1) noise, φ = 0.5', () => 3, 0.5],
    ['AR(1) noise, φ = 0.8, around a trend', (i: number) => i / 100, 0.8],
    ['white noise around two levels', (i: number) => (i < 200 ? 0 : 5), 0],
  ])('recovers sd 0.3 and φ of %s', (name, level, phi) => {
    const rng = createRandom(name);
    const estimates = trials.map((trial) => estimateNoise(noisy(level, 0.3, rng.fork(trial), phi)));
    expect(Math.abs(mean(estimates.map(({ sd }) => sd)) / 0.3 - 1)).toBeLessThan(0.2);
    expect(Math.abs(mean(estimates.map((estimate) => estimate.phi)) - phi)).toBeLessThan(0.1);
  });

  it('follows noise that fades over training', () => {
    const rng = createRandom('fading');
    const local = trials.map((trial) => {
      const random = rng.fork(trial);
      const fading = Float64Array.from(
        { length: measurements },
        (_, i) => Math.exp(-i / 100) * random.normal(),
      );
      const { sd, profile } = estimateNoise(fading);
      return profile.map((strength) => sd * strength);
    });
    for (const at of [50, 200, 350]) {
      expect(mean(local.map((sd) => sd[at])) / Math.exp(-at / 100)).toBeGreaterThan(0.8);
      expect(mean(local.map((sd) => sd[at])) / Math.exp(-at / 100)).toBeLessThan(1.25);
    }
  });

  it('is nothing for a constant and for a straight line', () => {
    expect(estimateNoise(new Float64Array(50).fill(7)).sd).toBe(0);
    expect(estimateNoise(Float64Array.from({ length: 50 }, (_, i) => 2 * i)).sd).toBe(0);
  });

  it.each([
    [40, 8],
    [40, 4],
    [100, 15],
    [400, 40],
  ])('is not what a fall of %d measurements over %d of them adds', (n, life) => {
    const rng = createRandom('fall');
    const fall = (trial: number) => {
      const random = rng.fork(trial);
      return Float64Array.from(
        { length: n },
        (_, i) => 13.6 + 0.05 * random.normal() - 10 / (1 + Math.exp((n / 3 - i) / (life / 5))),
      );
    };
    for (let trial = 0; trial < 20; trial++) expect(estimateNoise(fall(trial)).sd).toBeLessThan(0.35);
  });

  it('counts as fluctuation what comes and goes, not what stays', () => {
    const rng = createRandom('fluctuation');
    const even = new Float64Array(measurements).fill(1);
    const averages = (level: (i: number) => number): number =>
      mean(trials.map((trial) => fluctuation(noisy(level, 1, rng.fork(trial)), even)));
    expect(Math.abs(averages((i) => i / 10 + (i < 200 ? 0 : 9)) - 1)).toBeLessThan(0.15);
    // A wave of 8 measurements' length and amplitude 2 has variance 2 beside the noise's 1.
    expect(averages((i) => 2 * Math.sin((2 * Math.PI * i) / 8))).toBeGreaterThan(1.5);
  });
});
