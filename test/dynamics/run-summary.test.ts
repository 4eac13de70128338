import { describe, expect, it } from 'vitest';
import { analyzeRun } from '../../src/dynamics/analyze-run.ts';
import { runSummary } from '../../src/dynamics/run-summary.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from './planted-run.ts';
import { descent, measurements, noisy } from './planted-series.ts';

const rng = createRandom('summary');

describe('summary of a run', () => {
  const settling = noisy(descent(10, 40, 30), 0.1, rng.fork('settling'));
  const loss = new Float64Array(measurements).fill(1);
  loss[0] = 2.5;
  loss[300] = 0.125;
  loss[measurements - 1] = Number.NaN;
  const run = plantedRun([settling, new Float64Array(measurements).fill(3)], {
    loss,
    evaluations: [
      { step: 1000, accuracy: 0.5, examples: 200 },
      { step: 2000, accuracy: 0.75, examples: 200, perClass: [0.75] },
    ],
  });
  const dynamics = analyzeRun(run, { seriesId: 'stable_rank', rng });
  const summary = runSummary(run, dynamics);

  it('says what was trained and how it went', () => {
    expect(summary).toMatchObject({
      run: 'planted',
      hyperparameters: { learningRate: 0.001 },
      parameters: 1234,
      measurements: 400,
      firstStep: 0,
      lastStep: 1995,
      accuracy: { step: 2000, accuracy: 0.75, examples: 200 },
      analysis: { seriesId: 'stable_rank', alpha: 0.05 },
    });
    expect(summary.loss).toEqual({
      first: { step: 0, loss: 2.5 },
      last: { step: 1990, loss: 1 },
      min: { step: 1500, loss: 0.125 },
    });
  });

  it('says what each layer did, and why a series cannot be tested', () => {
    const [first, second] = summary.layers;
    expect(first).toMatchObject({ layer: 'network.0', kind: 'linear', depth: 0, samples: 160, features: 32 });
    const [start, end] = [settling[0], settling[measurements - 1]];
    expect(first.dynamics).toMatchObject({
      ...{ first: start, last: end, relativeChange: (end - start) / start, undetermined: 0 },
      ...{
        fastStretches: 1,
        does: expect.stringMatching(/^level at 9\.99 until step 2\d\d; falls from 9\.99 to /),
      },
    });
    expect(first.dynamics!.stabilization).toEqual(dynamics.layers[0].stabilization);
    expect(first.dynamics!.stabilization.status).toBe('stabilized');
    expect(second.dynamics).toMatchObject({
      relativeChange: 0,
      changes: null,
      notTestable: expect.stringMatching(/./),
    });
  });

  it('counts the changes that were detected', () => {
    const jump = plantedRun([noisy((i) => (i < 200 ? 1 : 2), 0.1, rng.fork('jump'))]);
    const [layer] = runSummary(jump, analyzeRun(jump, { seriesId: 'stable_rank', rng })).layers;
    expect(layer.dynamics).toMatchObject({ changes: 1, notTestable: null });
  });

  it('leaves open what is not known', () => {
    const none = new Float64Array(0);
    const empty = plantedRun([none], { steps: none, loss: none, gradientNorm: none, complete: false });
    expect(runSummary(empty, null)).toMatchObject({
      measurements: 0,
      firstStep: null,
      lastStep: null,
      loss: null,
      accuracy: null,
      analysis: null,
      complete: false,
      layers: [{ layer: 'network.0', dynamics: null }],
    });
    const zero = plantedRun([new Float64Array(measurements)]);
    const [layer] = runSummary(zero, analyzeRun(zero, { seriesId: 'stable_rank', rng })).layers;
    expect(layer.dynamics).toMatchObject({ first: 0, last: 0, relativeChange: null });
  });

  it('counts over layers what could be looked at, and nothing as 0 that could not', () => {
    expect(summary.totals).toMatchObject({
      ...{ describedLayers: 2, movingLayers: 1, fastStretches: 1, stabilizedLayers: 1 },
      does: expect.stringMatching(/^network\.0 falls .*; network\.2 shows no movement beyond the noise$/),
    });
    const empty = plantedRun([new Float64Array(measurements).fill(Number.NaN)]);
    expect(runSummary(empty, analyzeRun(empty, { seriesId: 'stable_rank', rng })).totals).toMatchObject({
      ...{ describedLayers: 0, movingLayers: null, fastStretches: null, stabilizedLayers: null },
      ...{ testableLayers: 0, changes: null },
      does: expect.stringMatching(
        /^no curve could be described: 0 measurements with a value \(400 without\)/,
      ),
    });
  });

  it('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });
});
