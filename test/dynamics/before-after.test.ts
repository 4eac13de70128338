import { describe, expect, it } from 'vitest';
import { compareBeforeAfter, windowsAround } from '../../src/dynamics/before-after.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from './planted-run.ts';
import { measurements, mostBy, noisy, steps } from './planted-series.ts';

const rng = createRandom('before and after');
const before = [400, 600] as const;
const after = [1400, 1600] as const;

describe('comparison before and after', () => {
  const gappy = noisy(() => 4, 0.1, rng.fork('gappy'));
  gappy.fill(Number.NaN, 0, 130);
  const run = plantedRun([noisy((i) => (i < 200 ? 10 : 8), 0.5, rng.fork('step')), gappy]);
  const compared = compareBeforeAfter(run, { before, after, rng });
  const [loss, gradientNorm, step, missing] = compared.quantities;

  it('gives the planted difference, relative and in units of noise, inside its interval', () => {
    expect(step).toMatchObject({ layer: 'network.0', quantity: 'stable_rank' });
    expect([step.before.count, step.after.count]).toEqual([41, 41]);
    expect(step.difference).toBeCloseTo(-2, 0);
    expect(step.relativeChange).toBe(step.difference! / step.before.median!);
    expect(step.inNoise).toBeGreaterThan(-5);
    expect(step.inNoise).toBeLessThan(-3);
    expect(step.interval).toMatchObject({ determined: true });
    const [low, high] = step.interval.determined ? step.interval.interval : [0, 0];
    expect(low).toBeLessThan(-2);
    expect(high).toBeGreaterThan(-2);
    expect(high - low).toBeLessThan(1);
  });

  it('compares the loss by its medians', () => {
    expect(loss).toMatchObject({ layer: null, quantity: 'loss' });
    expect(loss.before.median).toBe(Math.exp(-500 / 500));
    expect(loss.after.median).toBe(Math.exp(-1500 / 500));
  });

  it('says so where there is nothing to compare', () => {
    for (const quantity of [gradientNorm, missing]) {
      expect(quantity).toMatchObject({ difference: null, relativeChange: null, inNoise: null });
      expect(quantity.interval).toEqual({
        determined: false,
        reason: 'no measurement with a value before',
      });
    }
    expect(missing.after.count).toBe(41);
  });

  it('is the same for the same seed, and survives JSON', () => {
    const again = compareBeforeAfter(run, { before, after, rng: createRandom('before and after') });
    expect(again).toEqual(compared);
    expect(JSON.parse(JSON.stringify(compared))).toEqual(compared);
  });

  it('can be kept to some series', () => {
    const { quantities } = compareBeforeAfter(run, { before, after, rng, seriesIds: [] });
    expect(quantities.map(({ quantity }) => quantity)).toEqual(['loss', 'gradient_norm']);
    expect(() => compareBeforeAfter(run, { before, after, rng, seriesIds: ['stable_rnk'] })).toThrow(
      /metric is "stable_rnk"; allowed: did you mean stable_rank\?/,
    );
  });

  it.each<[string, readonly [number, number], readonly [number, number], RegExp]>([
    ['windows that overlap', [0, 100], [100, 200], /after is "100–200"; allowed: .*after step 100/],
    [
      'a window between measurements',
      [101, 104],
      [200, 300],
      /before is "101–104"; .*every 5 steps from 0 to 1995/,
    ],
  ])('refuses %s', (_, first, second, message) => {
    const comparing = () => compareBeforeAfter(run, { before: first, after: second, rng });
    expect(comparing).toThrow(InputError);
    expect(comparing).toThrow(message);
  });
});

describe('interval of a difference', () => {
  it.each([0, 0.5, 0.8])('covers the truth nearly as often as it says, with φ = %d', (phi) => {
    const trials = 150;
    let missed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const source = rng.fork(`coverage ${phi} ${trial}`);
      const run = plantedRun([], { loss: noisy((i) => (i < 200 ? 0 : 3), 1, source, phi) });
      const windows = windowsAround(steps, 500, 1500);
      const { interval } = compareBeforeAfter(run, { ...windows, rng: source, resamples: 300 }).quantities[0];
      const [low, high] = interval.determined ? interval.interval : [Number.NaN, Number.NaN];
      if (!(low <= 3 && high >= 3)) missed++;
    }
    expect(missed).toBeLessThanOrEqual(mostBy(0.08, trials));
  });

  const intervalOf = (values: Float64Array, window: number) =>
    compareBeforeAfter(plantedRun([values]), { ...windowsAround(steps, 500, 1500, window), rng })
      .quantities[2];

  it('needs eight measurements on either side', () => {
    const values = noisy(() => 4, 0.1, rng.fork('short'));
    expect(intervalOf(values, 0)).toMatchObject({
      difference: values[300] - values[100],
      interval: { determined: false, reason: 'fewer than 8 measurements in a window (1)' },
    });
    expect(intervalOf(values, 20).interval).toMatchObject({ determined: true });
  });

  it('is refused where nothing varies, and where the difference may be rounding', () => {
    const ranks = Float64Array.from({ length: measurements }, (_, i) => (i < 200 ? 3 : 5));
    expect(intervalOf(ranks, 50)).toMatchObject({
      difference: 2,
      interval: { determined: false, reason: 'no value differs from the others of its window' },
    });
    const rounding = ranks.map((rank) => 1 + (rank > 3 ? Number.EPSILON : 0));
    expect(intervalOf(rounding, 50).interval).toEqual({
      determined: false,
      reason: 'the difference may be rounding',
    });
  });
});

describe('windows around two steps', () => {
  it('need a run with measurements', () => {
    expect(() => windowsAround(new Float64Array(0), 0, 5)).toThrow(/run; allowed: a run with measurements/);
  });

  it('take in ten measurements on either side, within training, and never meet', () => {
    expect(windowsAround(steps, 0, 1000)).toEqual({ before: [0, 50], after: [950, 1050] });
    expect(windowsAround(steps, 500, 540)).toEqual({ before: [481, 519], after: [521, 559] });
    expect(windowsAround(steps, 500, 501)).toEqual({ before: [500, 500], after: [501, 501] });
    expect(windowsAround(steps, 500, 1995, 0)).toEqual({ before: [500, 500], after: [1995, 1995] });
  });

  it.each<[number, number, number | undefined, RegExp]>([
    [0, 3000, undefined, /to is 3000; allowed: a training step from 0 to 1995/],
    [900, 100, undefined, /to is 100; allowed: a step after 900/],
    [500, 600, 50, /window is 50; allowed: at most 49 training steps/],
  ])('refuse %d and %d with window %s', (from, to, window, message) => {
    expect(() => windowsAround(steps, from, to, window)).toThrow(InputError);
    expect(() => windowsAround(steps, from, to, window)).toThrow(message);
  });
});
