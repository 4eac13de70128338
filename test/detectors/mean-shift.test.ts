import { describe, expect, it } from 'vitest';
import { meanShift } from '../../src/detectors/mean-shift.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { mostBy, noisy, steps } from '../dynamics/planted-series.ts';

const trials = 200;
const detectIn = (values: Float64Array) => meanShift({ steps, values });

describe('mean shift', () => {
  it.each([
    ['white noise', () => 5],
    ['white noise around a straight trend', (i: number) => i / 10],
    ['white noise around a slow decay', (i: number) => 10 * Math.exp(-i / 80)],
  ])('finds something in at most 5 % of series of %s', (name, level) => {
    const rng = createRandom(name);
    const found = Array.from({ length: trials }, (_, trial) => {
      const detection = detectIn(noisy(level, 0.3, rng.fork(trial)));
      return detection.testable && detection.changes.length > 0;
    });
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(mostBy(0.05, trials));
  });

  it('refuses a wandering level rather than mark it', () => {
    const rng = createRandom('wander');
    const refused = Array.from({ length: 50 }, (_, trial) =>
      detectIn(noisy(() => 0, 1, rng.fork(trial), 0.97)),
    );
    expect(refused.filter(({ testable }) => !testable).length).toBeGreaterThan(40);
  });

  it.each([0, 0.5])('finds a step of 5 noise units among AR(1) noise, φ = %f, and its size', (phi) => {
    const rng = createRandom(`power ${phi}`);
    let [hits, sizes] = [0, 0];
    for (let trial = 0; trial < 50; trial++) {
      const detection = detectIn(noisy((i) => (i < 170 ? 5 : 0), 1, rng.fork(trial), phi));
      if (!detection.testable) continue;
      const hit = detection.changes.find(({ index }) => Math.abs(index - 170) <= 3);
      if (hit === undefined || hit.direction !== 'decrease') continue;
      hits++;
      sizes += hit.magnitude;
      expect(hit.pValue).toBeLessThanOrEqual(0.05);
    }
    expect(hits).toBeGreaterThan(45);
    expect(Math.abs(sizes / hits - 5)).toBeLessThan(0.6);
  });

  it('gives an interval of place that holds the step, 95 times in 100', () => {
    const rng = createRandom('mean-shift place');
    let [found, held] = [0, 0];
    for (let trial = 0; trial < 60; trial++) {
      const detection = detectIn(noisy((i) => (i < 170 ? 0 : 3), 1, rng.fork(trial)));
      const near = detection.testable
        ? detection.changes.find(({ index }) => Math.abs(index - 170) < 20)
        : undefined;
      if (near === undefined) continue;
      found++;
      if (near.interval[0] < steps[170] && steps[170] <= near.interval[1]) held++;
    }
    expect(found).toBeGreaterThan(50);
    expect(held / found).toBeGreaterThan(0.85);
  });

  it('does not mark steps of the size of rounding', () => {
    const values = Float64Array.from(steps, (_, i) => 10 + (i < 200 ? 0 : 2 ** -48) + (i % 2) * 2 ** -49);
    const detection = detectIn(values);
    expect(detection.testable ? detection.changes : []).toEqual([]);
  });
});
