import { describe, expect, it } from 'vitest';
import { lbd } from '../../src/detectors/lbd.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { mostBy, noisy, steps } from '../dynamics/planted-series.ts';

function changesIn(values: Float64Array, alpha?: number) {
  const detection = lbd({ steps: steps.slice(0, values.length), values }, { alpha });
  if (!detection.testable) throw new Error(detection.reason);
  return detection.changes;
}

describe('lbd', () => {
  it.each([
    [30, 0.2],
    [400, 0.05],
  ])('finds something in white noise of %i measurements at most as often as alpha = %f', (n, alpha) => {
    const rng = createRandom(`lbd ${n}`);
    const trials = 300;
    let found = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: n }, () => 1e5 + rng.normal());
      const detection = lbd({ steps: steps.slice(0, n), values }, { alpha });
      if (detection.testable && detection.changes.length > 0) found++;
    }
    expect(found).toBeLessThanOrEqual(mostBy(alpha, trials));
    // Bonferroni wastes some of alpha, but not all.
    expect(found).toBeGreaterThan(0);
  });

  it('gives intervals that all hold a true step, 95 times in 100, and finds clear steps', () => {
    const rng = createRandom('lbd cover');
    const truth = [90, 130, 300];
    const level = (i: number) => (i < 90 ? 0 : i < 130 ? 3 : i < 300 ? 0.5 : 3.5);
    let [failures, hits] = [0, 0];
    for (let trial = 0; trial < 100; trial++) {
      const changes = changesIn(noisy(level, 1, rng.fork(trial)));
      const covers = ([from, to]: readonly [number, number]) =>
        truth.some((at) => from < steps[at] && steps[at] <= to);
      if (!changes.every(({ interval }) => covers(interval))) failures++;
      hits += truth.filter((at) => changes.some(({ index }) => Math.abs(index - at) <= 5)).length;
      for (const { index, interval, step } of changes) {
        expect(step).toBe(steps[index]);
        expect(interval[0] < step && step <= interval[1]).toBe(true);
      }
    }
    expect(failures).toBeLessThanOrEqual(mostBy(0.05, 100));
    expect(hits).toBeGreaterThan(270);
  });

  it('reports stretches that do not overlap, with p-values within alpha', () => {
    const changes = changesIn(
      noisy((i) => 4 * (Math.floor(i / 50) % 2), 1, createRandom('lbd many')),
      0.01,
    );
    expect(changes.length).toBeGreaterThanOrEqual(6);
    for (const [i, { interval, pValue }] of changes.entries()) {
      expect(pValue).toBeLessThanOrEqual(0.01);
      if (i > 0) expect(interval[0]).toBeGreaterThan(changes[i - 1].interval[1]);
    }
  });

  it('finds the same in any unit and from any level, and reports sizes in the unit', () => {
    const values = noisy((i) => (i < 150 ? 0 : 5), 1, createRandom('lbd units'));
    const [change] = changesIn(values);
    expect(Math.abs(change.index - 150)).toBeLessThanOrEqual(1);
    const [turned] = changesIn(values.map((v) => -1000 * v + 20));
    expect(turned).toMatchObject({ index: change.index, direction: 'decrease' });
    expect(turned.magnitude / change.magnitude).toBeCloseTo(1000, 6);
    expect(turned.effect).toBeCloseTo(change.effect, 8);
    expect(turned.pValue).toBeCloseTo(change.pValue ?? Number.NaN, 8);
  });

  it('does not take one ulp for a step', () => {
    const rng = createRandom('lbd ulp');
    const values = Float64Array.from(steps, () => 3 + (rng.uniform() < 0.02 ? 2 ** -51 : 0));
    expect(changesIn(values)).toEqual([]);
  });

  it('refuses an alpha that means nothing', () => {
    const series = { steps, values: noisy(() => 0, 1, createRandom('options')) };
    for (const alpha of [0, 1, -1, Number.NaN]) expect(() => lbd(series, { alpha })).toThrow(InputError);
  });

  it('takes a hundred thousand measurements', () => {
    const rng = createRandom('lbd long');
    const values = Float64Array.from({ length: 100_000 }, (_, i) => (i < 60_000 ? 0 : 3) + rng.normal());
    const detection = lbd({ steps: values.map((_, i) => i), values });
    expect(detection).toMatchObject({ testable: true, changes: [{ kind: 'level' }] });
  });
});
