import { describe, expect, it } from 'vitest';
import { mosum } from '../../src/detectors/mosum.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import { mostBy, noisy, steps } from '../dynamics/planted-series.ts';

const trials = 100;

function changesIn(values: Float64Array, alpha?: number) {
  const detection = mosum({ steps, values }, { alpha });
  return detection.testable ? detection.changes : [];
}

/** Series, of `trials`, in which something is found. */
function found(name: string, draw: (rng: Random) => Float64Array): number {
  const rng = createRandom(`mosum ${name}`);
  return Array.from({ length: trials }, (_, trial) => draw(rng.fork(trial))).filter(
    (values) => changesIn(values).length > 0,
  ).length;
}

const straight: [string, (rng: Random) => Float64Array][] = [
  ['white noise', (rng) => noisy(() => 0, 1, rng)],
  ['noise around a steep line', (rng) => noisy((i) => 40 - 2 * i, 1, rng)],
  ['AR(1) noise, φ = 0.5', (rng) => noisy(() => 0, 1, rng, 0.5)],
  ['noise that falls away', (rng) => noisy(() => 0, 1, rng).map((v, i) => v * Math.exp(-i / 100))],
  ['noise with spikes', (rng) => noisy(() => 0, 1, rng).map((v) => v + (rng.uniform() < 0.02 ? 10 : 0))],
  ['rounding', (rng) => Float64Array.from(steps, () => 3 + (rng.uniform() < 0.02 ? 2 ** -51 : 0))],
];

describe('mosum', () => {
  it.each(straight)('finds something in at most 5 %% of series of %s', (name, draw) => {
    expect(found(name, draw)).toBeLessThanOrEqual(mostBy(0.05, trials));
  });

  it('finds a step, a kink and their sizes, as what they are', () => {
    const rng = createRandom('mosum finds');
    // A step of 6 up at 120 and a kink from 0 to −0.5 a measurement, 5 steps long, at 280.
    const level = (i: number) => (i < 120 ? 0 : 6) - 0.5 * Math.max(0, i - 280);
    let [stepsFound, kinksFound] = [0, 0];
    for (let trial = 0; trial < 20; trial++) {
      const changes = changesIn(noisy(level, 1, rng.fork(trial)));
      for (const change of changes) expect(change.pValue).toBeLessThanOrEqual(0.05);
      const step = changes.find(({ index, kind }) => kind === 'level' && Math.abs(index - 120) <= 2);
      const kink = changes.find(({ index, kind }) => kind === 'slope' && Math.abs(index - 280) <= 12);
      if (step?.direction === 'increase' && Math.abs(step.magnitude - 6) < 2.5) stepsFound++;
      if (kink?.direction === 'decrease' && Math.abs(kink.magnitude - 0.1) < 0.05) kinksFound++;
    }
    expect(stepsFound).toBeGreaterThanOrEqual(18);
    expect(kinksFound).toBeGreaterThanOrEqual(14);
  });

  it('finds the same in any unit, on any line, and backwards', () => {
    const values = noisy((i) => (i < 150 ? 0 : 8), 1, createRandom('mosum units'));
    const [change, ...others] = changesIn(values);
    expect(others).toEqual([]);
    expect(change.index).toBe(150);
    expect(changesIn(values.map((v, i) => -4 * v + 3 * i + 9))).toMatchObject([
      { index: 150, direction: 'decrease', effect: expect.closeTo(change.effect, 6) },
    ]);
    const backwards = changesIn(values.slice().reverse());
    expect(backwards).toMatchObject([{ index: 400 - 150, direction: 'decrease' }]);
    expect(backwards[0].pValue).toBeCloseTo(change.pValue ?? Number.NaN, 6);
  });

  it('finds less at a smaller alpha, down to nothing', () => {
    const values = noisy((i) => 1.5 * (Math.floor(i / 100) % 2), 1, createRandom('mosum alpha'));
    const counts = [0.5, 0.05, 1e-3, 1e-12, 1e-50].map((alpha) => changesIn(values, alpha).length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[4]).toBe(0);
  });

  it('refuses noise that needs longer bandwidths than there are', () => {
    const dependent = noisy(() => 0, 1, createRandom('mosum dependent'), 0.97);
    expect(mosum({ steps, values: dependent })).toMatchObject({ testable: false });
  });

  it('fits lines over training steps, which have no kink where the spacing changes', () => {
    // Measured nine times as far apart from 200 on.
    const uneven = steps.map((step, i) => (i < 200 ? step : step + 40 * (i - 199)));
    const rng = createRandom('mosum uneven');
    let invented = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = noisy((i) => 0.05 * uneven[i], 1, rng.fork(trial));
      const detection = mosum({ steps: uneven, values });
      if (detection.testable && detection.changes.length > 0) invented++;
    }
    expect(invented).toBeLessThanOrEqual(mostBy(0.05, trials));
    const values = noisy((i) => 0.05 * uneven[i] + (i < 260 ? 0 : 8), 1, rng);
    const detection = mosum({ steps: uneven, values });
    expect(detection.testable && detection.changes).toMatchObject([{ index: 260, kind: 'level' }]);
  });

  it('puts a step near an end where it is, in an interval that holds it', () => {
    for (const at of [6, 12, 391]) {
      const [change, ...others] = changesIn(noisy((i) => (i < at ? 0 : 40), 1, createRandom(`mosum ${at}`)));
      expect(others).toEqual([]);
      expect(change.index).toBe(at);
      expect(change.interval[0]).toBeLessThan(steps[at]);
      expect(change.interval[1]).toBeGreaterThanOrEqual(steps[at]);
    }
  });

  it('refuses options that mean nothing', () => {
    const series = { steps, values: noisy(() => 0, 1, createRandom('options')) };
    expect(() => mosum(series, { alpha: 0 })).toThrow(InputError);
    expect(() => mosum(series, { alpha: Number.NaN })).toThrow('alpha');
    expect(() => mosum(series, { bandwidths: [30, 201] })).toThrow('bandwidths is 201');
  });

  it('takes a hundred thousand measurements', () => {
    const rng = createRandom('mosum long');
    const values = Float64Array.from({ length: 100_000 }, (_, i) => (i < 60_000 ? 0 : 8) + rng.normal());
    const detection = mosum({ steps: values.map((_, i) => i), values });
    expect(detection).toMatchObject({ testable: true, changes: [{ index: 60_000, kind: 'level' }] });
  });
});
