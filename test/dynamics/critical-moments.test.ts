import { describe, expect, it } from 'vitest';
import { analyzeRun } from '../../src/dynamics/analyze-run.ts';
import { criticalMoments } from '../../src/dynamics/critical-moments.ts';
import type { DetectorName } from '../../src/dynamics/detectors.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from './planted-run.ts';
import { measurements, mostBy, noisy, steps } from './planted-series.ts';

const rng = createRandom('critical moments');
const sd = 0.2;

/** A level of 10 that goes up by the given multiples of the noise at the given measurements. */
const stepsAt = (label: string, ...jumps: readonly (readonly [at: number, size: number])[]) =>
  noisy(
    (i) => 10 + jumps.reduce((sum, [at, size]) => sum + (i >= at ? size * sd : 0), 0),
    sd,
    rng.fork(label),
  );

const dynamicsOf = (run: Run, detector: DetectorName = 'mean-shift') =>
  analyzeRun(run, { seriesId: 'stable_rank', detector, rng: createRandom(7) });

describe('critical moments', () => {
  // Layer 0 jumps up at step 500 and down at 1500, layer 1 less and a little later at 500, layer 2 never.
  const run = plantedRun([stepsAt('a', [100, 10], [300, -6]), stepsAt('b', [102, 5]), stepsAt('c')], {
    loss: noisy((i) => (i >= 100 ? 1 : 2), 0.02, rng.fork('loss')),
  });
  const found = criticalMoments(run, dynamicsOf(run));

  it('are the planted jumps, the largest first, those of one time in one moment', () => {
    expect(found).toMatchObject({ detected: 3, testableLayers: 3, rankedBy: 'effect', window: 50 });
    expect(found.moments.map(({ change }) => [change.layer, change.direction, change.tested])).toEqual([
      ['network.0', 'increase', true],
      ['network.0', 'decrease', true],
    ]);
    expect(Math.abs(found.moments[0].change.step - 500)).toBeLessThanOrEqual(5);
    expect(Math.abs(found.moments[1].change.step - 1500)).toBeLessThanOrEqual(10);
    expect(found.moments[0].accompanying.map(({ layer }) => layer)).toEqual(['network.2']);
    expect(found.moments[1].accompanying).toEqual([]);
  });

  it('tell the layers that moved with it from those that did not', () => {
    const [first, second] = found.moments;
    expect(first.otherLayersMoved).toEqual(['network.2']);
    expect(second.otherLayersMoved).toEqual([]);
    expect(first.layers[0].movement).toMatchObject({ determined: true, moved: true });
    expect(first.layers[2].movement).toMatchObject({ determined: true, moved: false });
  });

  it('show level and loss before, during and after, with the measurements they rest on', () => {
    const { change, windows, layers, loss } = found.moments[0];
    const { before, after } = layers[0];
    expect(before.count).toBe(10);
    expect(after.count).toBe(10);
    expect(windows.before[1]).toBe(change.interval[0] - 1);
    expect(windows.after[0]).toBe(change.interval[1] + 1);
    expect(before.median).toBeCloseTo(10, 0);
    expect(after.median).toBeCloseTo(10 + 10 * sd, 0);
    expect(loss.before.median).toBeCloseTo(2, 1);
    expect(loss.after.median).toBeCloseTo(1, 1);
    expect(loss.movement).toMatchObject({ moved: true });
  });

  it('say why nothing is known of a gradient norm that was not logged', () => {
    expect(found.moments[0].gradientNorm).toEqual({
      before: { median: null, count: 0 },
      during: { median: null, count: 0 },
      after: { median: null, count: 0 },
      movement: { determined: false, reason: 'no measurement with a value before the change' },
    });
  });

  it('are as many as wanted', () => {
    expect(criticalMoments(run, dynamicsOf(run), { moments: 1 }).moments).toEqual(found.moments.slice(0, 1));
    expect(criticalMoments(run, dynamicsOf(run), { moments: 0 }).moments).toEqual([]);
    expect(() => criticalMoments(run, dynamicsOf(run), { moments: -1 })).toThrow(RangeError);
    expect(() => criticalMoments(run, dynamicsOf(run), { window: 0 })).toThrow(RangeError);
  });

  it('survive JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('rank a kink by what it has added when the window ends', () => {
    const dynamics = dynamicsOf(run);
    const change = { interval: [500, 500], direction: 'increase', magnitude: 1, pValue: null } as const;
    const changes = [
      { ...change, index: 100, step: 500, kind: 'level', effect: 4 } as const,
      { ...change, index: 300, step: 1500, interval: [1500, 1500], kind: 'slope', effect: 0.5 } as const,
    ];
    const layers = dynamics.layers.map((layer, l) => ({
      ...layer,
      curve: { described: false, reason: 'left out', dropped: 0 } as const,
      detection: { testable: true, changes: l === 0 ? changes : [] } as const,
    }));
    // Ten measurements at half a standard deviation each are more than one step of four.
    const kinds = (window: number) =>
      criticalMoments(run, { ...dynamics, layers }, { window }).moments.map(({ change: { kind } }) => kind);
    expect(kinds(50)).toEqual(['slope', 'level']);
    expect(kinds(20)).toEqual(['level', 'slope']);
  });
});

describe('where the detector cannot test', () => {
  it('jumps and fast stretches of the curves are the moments', () => {
    // Everything happens within the first 12 measurements, as in real training.
    const collapse = (i: number): number => 17 - 13 * Math.min(1, i / 12);
    const run = plantedRun([
      noisy(collapse, 0.05, rng.fork('x')),
      noisy((i) => collapse(i) / 2, 0.05, rng.fork('y')),
    ]);
    const dynamics = dynamicsOf(run);
    const layers = dynamics.layers.map((layer) => ({
      ...layer,
      detection: { testable: false, reason: 'it wanders' } as const,
    }));
    const found = criticalMoments(run, { ...dynamics, layers });
    expect(found).toMatchObject({ detected: 2, describedLayers: 2, testableLayers: 0 });
    const [{ change, accompanying, layers: passages }] = found.moments;
    expect(change).toMatchObject({ kind: 'fast', direction: 'decrease', tested: true });
    expect(change.interval[0]).toBe(0);
    expect(Math.abs(change.interval[1] - 60)).toBeLessThanOrEqual(10);
    expect(change.magnitude).toBeCloseTo(layersOf(change.layer), 0);
    expect(accompanying).toHaveLength(1);
    expect(passages[0].before.median).toBeCloseTo(17, 0);
    expect(passages[0].after.median).toBeCloseTo(4, 0);
  });

  const layersOf = (layer: string): number => (layer === 'network.0' ? 13 : 6.5);
});

describe('movement in a window', () => {
  it('is reported for noise in less than its nominal share, dependent or not', () => {
    const trials = 25;
    for (const phi of [0, 0.5]) {
      let moved = 0;
      for (let trial = 0; trial < trials; trial++) {
        const jump = noisy((i) => (i >= 200 ? 3 : 0), sd, rng.fork(`jump ${trial}`));
        const still = Array.from({ length: 4 }, (_, layer) =>
          noisy(() => 5, 1, rng.fork(`still ${phi} ${trial} ${layer}`), phi),
        );
        const run = plantedRun([jump, ...still]);
        const [moment] = criticalMoments(run, dynamicsOf(run), { moments: 1 }).moments;
        expect(moment.change.layer).toBe('network.0');
        if (moment.otherLayersMoved.length > 0) moved++;
      }
      expect(moved).toBeLessThanOrEqual(mostBy(0.05, trials));
    }
  });

  it('is not seen in what is only rounding, and is in whole numbers', () => {
    const rounding = Float64Array.from(
      { length: measurements },
      (_, i) => 1 + (i >= 100 ? 2 : 0) * Number.EPSILON,
    );
    const ranks = Float64Array.from({ length: measurements }, (_, i) => (i >= 100 ? 6 : 3));
    const run = plantedRun([stepsAt('a', [100, 10]), rounding, ranks]);
    expect(criticalMoments(run, dynamicsOf(run)).moments[0].otherLayersMoved).toEqual(['network.4']);
  });
});

describe('where nothing is detected', () => {
  const flat = new Float64Array(measurements).fill(3);
  const jumpy = noisy((i) => 10 - i / 100, sd, rng.fork('jumpy'));
  jumpy[250] += 4 * sd;
  const run = plantedRun([flat, jumpy]);
  const dynamics = dynamicsOf(run);

  it('there are no moments', () => {
    expect(criticalMoments(run, dynamics)).toMatchObject({ detected: 0, moments: [] });
  });

  it('the fastest changes come on request, labeled as not tested, and none from a constant layer', () => {
    const { detected, moments } = criticalMoments(run, dynamics, { moments: 3, largestDifferences: true });
    const rates = Array.from(jumpy.subarray(1), (value, i) => Math.abs(value - jumpy[i]));
    const fastest = rates.indexOf(Math.max(...rates)) + 1;
    expect(detected).toBe(0);
    expect(moments).toHaveLength(3);
    expect(moments[0].change).toMatchObject({
      layer: 'network.2',
      step: steps[fastest],
      interval: [steps[fastest - 1], steps[fastest]],
      magnitude: rates[fastest - 1],
    });
    for (const { change } of moments)
      expect(change).toMatchObject({ tested: false, effect: null, pValue: null });
    const times = moments.map(({ change }) => change.step).sort((a, b) => a - b);
    expect(Math.min(times[1] - times[0], times[2] - times[1])).toBeGreaterThan(50);
  });

  it('layers with detected changes come first and give no untested ones', () => {
    const both = plantedRun([jumpy, stepsAt('a', [100, 10])]);
    const { moments } = criticalMoments(both, dynamicsOf(both), { moments: 3, largestDifferences: true });
    expect(moments.map(({ change }) => [change.layer, change.tested])).toEqual([
      ['network.2', true],
      ['network.0', false],
      ['network.0', false],
    ]);
  });

  it('a run without measurements has none', () => {
    const none = new Float64Array(0);
    const empty = plantedRun([none], { steps: none, loss: none, gradientNorm: none });
    expect(criticalMoments(empty, dynamicsOf(empty), { largestDifferences: true }).moments).toEqual([]);
  });
});
