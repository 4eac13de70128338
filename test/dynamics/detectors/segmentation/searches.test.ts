import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binarySegmentation } from '../../../../src/dynamics/detectors/binary-segmentation.ts';
import { bottomUp } from '../../../../src/dynamics/detectors/bottom-up.ts';
import { pelt } from '../../../../src/dynamics/detectors/pelt.ts';
import type { SegmentModel } from '../../../../src/dynamics/detectors/segmentation/segment-model.ts';
import type { SegmentationOptions } from '../../../../src/dynamics/detectors/segmentation/segmentation-detector.ts';
import { slidingWindow } from '../../../../src/dynamics/detectors/sliding-window.ts';
import { intervalGrid, wbs2 } from '../../../../src/dynamics/detectors/wbs2.ts';
import type { Change, Detector, Series } from '../../../../src/dynamics/types.ts';
import { InputError } from '../../../../src/errors/input-error.ts';
import { createRandom } from '../../../../src/numerics/random.ts';
import { measurements, mostBy, noisy, steps } from '../../planted-series.ts';

const searches: [string, Detector<SegmentationOptions>][] = [
  ['pelt', pelt],
  ['binary segmentation', binarySegmentation],
  ['wbs2', wbs2],
  ['sliding window', slidingWindow],
  ['bottom-up', bottomUp],
];
const models: SegmentModel[] = ['mean', 'mean-variance', 'trend'];

function changesOf(
  detect: Detector<SegmentationOptions>,
  series: Series,
  options?: SegmentationOptions,
): readonly Change[] {
  const detection = detect(series, options);
  if (!detection.testable) throw new Error(detection.reason);
  return detection.changes;
}
const staircase = (i: number) => (i < 100 ? 0 : i < 180 ? 6 : i < 300 ? 2 : 9);

describe.each(searches)('%s', (name, detect) => {
  it('finds the steps of a staircase, their sizes and directions', () => {
    const values = noisy(staircase, 1, createRandom(`stairs ${name}`));
    const changes = changesOf(detect, { steps, values });
    expect(changes.map(({ direction }) => direction)).toEqual(['increase', 'decrease', 'increase']);
    for (const [i, [index, size]] of [
      [100, 6],
      [180, 4],
      [300, 7],
    ].entries()) {
      expect(Math.abs(changes[i].index - index)).toBeLessThanOrEqual(1);
      expect(Math.abs(changes[i].magnitude - size)).toBeLessThan(0.6);
      expect(Math.abs(changes[i].effect - size)).toBeLessThan(0.5 * size);
      expect(changes[i]).toMatchObject({ kind: 'level', pValue: null, step: steps[changes[i].index] });
    }
  });

  it('does not care for the level, the unit and the sign of the series', () => {
    const values = noisy(staircase, 1, createRandom(`units ${name}`));
    const expected = changesOf(detect, { steps, values });
    expect(expected.length).toBeGreaterThan(0);
    for (const [scale, shift] of [
      [1e-6, 0],
      [2 ** 40, 7],
      [-3, 1000],
    ]) {
      const turned = values.map((value) => scale * value + shift);
      const changes = changesOf(detect, { steps, values: turned });
      expect(changes.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
      for (const [i, { magnitude, effect }] of changes.entries()) {
        expect(magnitude / (Math.abs(scale) * expected[i].magnitude)).toBeCloseTo(1, 6);
        expect(effect / expected[i].effect).toBeCloseTo(1, 6);
      }
    }
  });

  it('finds a kink by the model of a trend, in units per training step', () => {
    const values = noisy((i) => Math.max(0, 0.3 * (i - 200)), 0.5, createRandom(`kink ${name}`));
    const hit = changesOf(detect, { steps, values }, { model: 'trend' }).find(
      ({ index }) => Math.abs(index - 200) <= 20,
    );
    expect(hit).toMatchObject({ kind: 'slope', direction: 'increase' });
    // Measurements are 5 steps apart.
    expect(hit?.magnitude).toBeCloseTo(0.3 / 5, 2);
  });

  it('tells a change of variance from one of level', () => {
    const rng = createRandom(`variance ${name}`);
    const louder = Float64Array.from(steps, (_, i) => (i < 200 ? 1 : 4) * rng.normal());
    const [change] = changesOf(detect, { steps, values: louder }, { model: 'mean-variance', minSize: 20 });
    expect(change).toMatchObject({ kind: 'variance', direction: 'increase' });
    expect(Math.abs(change.index - 200)).toBeLessThanOrEqual(30);
    expect(change.magnitude).toBeGreaterThan(2);
    const higher = noisy((i) => (i < 200 ? 0 : 5), 1, rng);
    expect(changesOf(detect, { steps, values: higher }, { model: 'mean-variance' })[0]).toMatchObject({
      kind: 'level',
    });
  });

  it('is never in trouble, whatever the series', () => {
    const value = fc.oneof(
      fc.double({ noNaN: false }),
      fc.constantFrom(0, 1, 1 + 2 ** -52, 1e308, -1e308, 5e-324),
    );
    const anySeries = fc.oneof(
      fc.array(value, { maxLength: 60 }),
      fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 20, maxLength: 60 }),
      fc.array(fc.constantFrom(1e308, -1e308), { minLength: 20, maxLength: 30 }),
      fc.array(fc.constantFrom(5e-324, 0, 1e-323), { minLength: 20, maxLength: 30 }),
    );
    fc.assert(
      fc.property(anySeries, fc.constantFrom(...models), (drawn, model) => {
        const values = Float64Array.from(drawn);
        const detection = detect({ steps: values.map((_, i) => i), values }, { model });
        if (!detection.testable) {
          expect(detection.reason).not.toBe('');
          return;
        }
        for (const { magnitude, effect } of detection.changes) {
          expect(magnitude).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(effect)).toBe(true);
        }
      }),
    );
  });

  it('refuses options that mean nothing', () => {
    const series = { steps, values: noisy(() => 0, 1, createRandom('options')) };
    expect(() => detect(series, { penalty: Number.NaN })).toThrow(InputError);
    expect(() => detect(series, { penalty: -1 })).toThrow('penalty is -1');
    expect(() => detect(series, { minSize: 0 })).toThrow('minSize is 0');
    expect(() => detect(series, { model: 'median' as SegmentModel })).toThrow('mean-variance');
  });

  it('takes no penalty for none, and an endless one for no changes', () => {
    const series = { steps, values: noisy(staircase, 1, createRandom('penalty')) };
    expect(changesOf(detect, series, { penalty: 1e9 })).toEqual([]);
    const free = changesOf(detect, series, { penalty: 0 });
    expect(free.length).toBeGreaterThan(changesOf(detect, series).length);
    for (const [i, { index }] of free.entries())
      expect(index - (i === 0 ? 0 : free[i - 1].index)).toBeGreaterThanOrEqual(5);
  });

  it('refuses a wandering level rather than cut it up, unless told a penalty', () => {
    const values = noisy(() => 0, 1, createRandom(`wander ${name}`), 0.99);
    expect(detect({ steps, values })).toMatchObject({ testable: false });
    expect(detect({ steps, values }, { penalty: 1000 })).toMatchObject({ testable: true });
  });

  it('seldom cuts white noise, nor noise whose neighbors are alike', () => {
    for (const phi of [0, 0.5]) {
      const rng = createRandom(`quiet ${name} ${phi}`);
      const cut = Array.from({ length: 60 }, (_, trial) => noisy(() => 0, 1, rng.fork(trial), phi)).filter(
        (values) => changesOf(detect, { steps, values }).length > 0,
      );
      expect(cut.length).toBeLessThanOrEqual(mostBy(0.12, 60));
    }
  });
});

describe('pelt', () => {
  const rng = createRandom('huge');
  const values = Float64Array.from({ length: 20_001 }, () => rng.normal());
  const long = { steps: values.map((_, i) => i), values };

  it('refuses what it could not finish, with the reason', () => {
    for (const model of ['trend', 'mean-variance'] as const)
      expect(pelt(long, { model })).toMatchObject({
        testable: false,
        reason: expect.stringMatching(/20001 measurements; at most 20000/),
      });
  });

  it('takes levels at any length', () => {
    expect(changesOf(pelt, long)).toEqual([]);
  });
});

describe('the trend model', () => {
  it('refuses uneven spacing, for a line would have kinks in it', () => {
    const values = noisy(() => 0, 1, createRandom('uneven'));
    const uneven = steps.map((step, i) => (i < 200 ? step : step + 40 * (i - 199)));
    expect(pelt({ steps: uneven, values }, { model: 'trend' })).toMatchObject({
      testable: false,
      reason: expect.stringMatching(/even spacing/),
    });
    expect(pelt({ steps: uneven, values })).toMatchObject({ testable: true });
  });
});

describe('wbs2', () => {
  it('sees a short excursion that binary segmentation overlooks', () => {
    const rng = createRandom('excursion');
    const trials = Array.from({ length: 20 }, (_, trial) =>
      noisy((i) => (i >= 190 && i < 206 ? 2.6 : 0), 1, rng.fork(trial)),
    );
    const found = (detect: Detector<SegmentationOptions>) =>
      trials.filter((values) => changesOf(detect, { steps, values }).length === 2).length;
    expect(found(wbs2)).toBeGreaterThan(found(binarySegmentation) + 5);
  });

  it('lays its intervals evenly, the whole part among them, as many as it may', () => {
    for (const [start, end, count] of [
      [0, 400, 100],
      [7, 11, 100],
      [30, 500, 1],
    ]) {
      const grid = intervalGrid(start, end, count);
      expect(grid.length).toBeLessThanOrEqual(count);
      expect(grid).toContainEqual([start, end]);
      expect(new Set(grid.map(String)).size).toBe(grid.length);
      for (const [from, to] of grid) expect(from >= start && from < to && to <= end).toBe(true);
    }
    expect(intervalGrid(0, measurements, 100).length).toBe(91);
  });
});

describe('binary segmentation and bottom-up', () => {
  it.each([
    ['binary segmentation', binarySegmentation],
    ['bottom-up', bottomUp],
  ])('%s takes a hundred thousand measurements', (_, detect) => {
    const rng = createRandom('long');
    const values = Float64Array.from({ length: 100_000 }, (_, i) => (i < 60_000 ? 0 : 1) + rng.normal());
    const changes = changesOf(detect, { steps: values.map((_, i) => i), values });
    expect(changes.some(({ index }) => Math.abs(index - 60_000) < 30)).toBe(true);
  });
});
