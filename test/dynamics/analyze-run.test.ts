import { describe, expect, it } from 'vitest';
import { analyzeRun } from '../../src/dynamics/analyze-run.ts';
import { meanShift } from '../../src/dynamics/detectors/mean-shift.ts';
import type { Layer, Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { descent, measurements, noisy, steps } from './planted-series.ts';

const rng = createRandom('run');

function layerOf(depth: number, values: Float64Array): Layer {
  return {
    name: `network.${2 * depth}`,
    kind: 'linear',
    depth,
    samples: 160,
    features: 32,
    pooling: null,
    series: new Map([
      [
        'stable_rank',
        { metric: 'stable_rank', centering: 'columns', origin: 'measured', values, undetermined: [] },
      ],
    ]),
    spectra: null,
  };
}

/** Six layers that settle one after another, the last of which never moves. */
function plantedRun(): Run {
  const settling = Array.from({ length: 6 }, (_, depth) =>
    layerOf(depth, noisy(descent(10, 10 + 40 * depth, 30), 0.3, rng.fork(depth))),
  );
  return {
    id: 'planted',
    architecture: 'mlp',
    family: 'mlp',
    dataset: 'drawn',
    classes: 10,
    seed: 1,
    hyperparameters: {},
    parameterCount: null,
    plannedSteps: 2000,
    layers: [...settling, layerOf(6, new Float64Array(measurements).fill(4))],
    steps,
    loss: noisy((i) => Math.exp(-i / 100), 0.1, rng.fork('loss')),
    gradientNorm: new Float64Array(measurements).fill(Number.NaN),
    evaluations: [],
    complete: true,
    stopped: null,
  };
}

const options = { seriesId: 'stable_rank', rng: createRandom(7) };

describe('analysis of a run', () => {
  const run = plantedRun();
  const dynamics = analyzeRun(run, options);

  it('finds the planted order and leaves the constant layer out of it', () => {
    expect(dynamics.convergenceOrder).toMatchObject({
      pattern: 'bottom-up',
      tau: 1,
      layers: { stabilized: 6, moving: 0, constant: 1, unmoved: 0, undetermined: 0 },
    });
    expect(dynamics.layers[6]).toMatchObject({
      layer: 'network.12',
      stabilization: { status: 'constant' },
      detection: { testable: false },
      summary: { first: 4, last: 4, min: 4, max: 4, undetermined: 0 },
    });
  });

  it('is a pure function of run, options and seed', () => {
    expect(analyzeRun(plantedRun(), { ...options, rng: createRandom(7) })).toEqual(dynamics);
  });

  it('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(dynamics))).toEqual(dynamics);
  });

  it('drops undetermined points, and gives changes by the run’s own indices', () => {
    const values = noisy((i) => (i < 220 ? 0 : 8), 1, createRandom('step'));
    const whole = meanShift({ steps, values });
    for (const i of [10, 11, 12, 330]) values[i] = Number.NaN;
    const { layers } = analyzeRun(
      { ...run, layers: [layerOf(0, values)] },
      { ...options, detector: 'mean-shift' },
    );
    const { detection, summary } = layers[0];
    if (!detection.testable || !whole.testable) throw new Error('not testable');
    expect(detection.changes.map(({ index, step }) => [index, step])).toEqual([[220, 1100]]);
    expect(summary).toMatchObject({ undetermined: 4, undeterminedShare: 0.01, measurements: 400 });
  });

  it('says which series there are where one is asked for that there is not', () => {
    expect(() => analyzeRun(run, { ...options, seriesId: 'stable_rnk' })).toThrow(
      'did you mean stable_rank?',
    );
  });

  it('works on a run without any value', () => {
    const empty = { ...run, layers: [layerOf(0, new Float64Array(measurements).fill(Number.NaN))] };
    expect(analyzeRun(empty, options)).toMatchObject({
      layers: [
        {
          stabilization: { status: 'undetermined', reason: expect.stringContaining('(400 without)') },
          detection: { testable: false },
          summary: { first: null, undeterminedShare: 1 },
        },
      ],
      convergenceOrder: { pattern: 'undefined' },
      criticalPeriods: { coordination: { determined: false }, loss: { determined: false } },
    });
  });
});
