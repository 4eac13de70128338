import { describe, expect, it } from 'vitest';
import { forecastErrors } from '../../../src/dynamics/run-changes/forecast-errors.ts';
import { referenceOf } from '../../../src/dynamics/run-changes/reference.ts';
import { firstOrderAutoregression } from '../../../src/numerics/autoregression.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const n = 200;
const steps = Float64Array.from({ length: n }, (_, t) => 5 * t);
const scoresOf = (values: Float64Array, width: number): Float64Array =>
  forecastErrors(values, width, referenceOf(steps, width), 1e-9).scores;
const sdOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('forecast errors', () => {
  it.each([
    [0, 3],
    [0, 20],
    [0.6, 3],
    [0.6, 20],
  ])('are standard errors, of noise with memory %d over the next %d values', (memory, width) => {
    const rng = createRandom(1);
    const scores = Array.from({ length: 300 }, (_, i) => {
      const noise = firstOrderAutoregression(n, memory, rng.fork(i));
      return scoresOf(
        noise.map((value, t) => value - 2 * Math.log(t + 1)),
        width,
      )[150];
    });
    expect(sdOf(scores)).toBeGreaterThan(0.9);
    expect(sdOf(scores)).toBeLessThan(1.2);
  });

  it('follow a power of time: what slows as it has been slowing does not stand out', () => {
    const rng = createRandom(2);
    const slowing = Float64Array.from({ length: n }, (_, t) => -3 * Math.log(t + 1) + 0.01 * rng.normal());
    const known = [...scoresOf(slowing, 10)].filter((score) => !Number.isNaN(score));
    expect(known.length).toBeGreaterThan(100);
    expect(Math.max(...known.map(Math.abs))).toBeLessThan(6);
  });

  it('are largest where a level begins, and have its sign', () => {
    const rng = createRandom(3);
    const falls = Float64Array.from({ length: n }, (_, t) => rng.normal() - (t > 120 ? 8 : 0));
    const scores = scoresOf(falls, 10);
    const most = scores.reduce(
      (best, score, t) => (score < scores[best] || Number.isNaN(scores[best]) ? t : best),
      0,
    );
    expect(most).toBe(120);
    expect(scores[most]).toBeLessThan(-15);
  });

  it('do not see what comes after the window', () => {
    const rng = createRandom(4);
    const noise = Float64Array.from({ length: n }, () => rng.normal());
    const changed = noise.map((value, t) => (t > 130 ? 1e6 : value));
    expect(scoresOf(changed, 10)[120]).toBe(scoresOf(noise, 10)[120]);
  });

  it('live with values that are missing, and say nothing where too few are known', () => {
    const rng = createRandom(5);
    const gaps = Float64Array.from({ length: n }, (_, t) => (t % 3 === 0 ? Number.NaN : rng.normal()));
    expect(Number.isFinite(scoresOf(gaps, 10)[120])).toBe(true);
    const few = gaps.map((value, t) => (t < 115 ? Number.NaN : value));
    expect(scoresOf(few, 10)[118]).toBeNaN();
  });

  it('of a constant are in units of the least deviation that counts', () => {
    const jump = Float64Array.from({ length: n }, (_, t) => (t > 120 ? 1 : 0));
    const { scores } = forecastErrors(jump, 4, referenceOf(steps, 4), 0.5);
    expect(scores[120]).toBeCloseTo(1 / (0.5 / 2), 9);
  });
});
