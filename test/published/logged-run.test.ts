import { describe, expect, it } from 'vitest';
import type { Layer, Run } from '../../src/measurements/types.ts';
import { loggedRun, sortedLayers, sortedRuns } from '../../src/published/logged-run.ts';
import { syntheticRun } from './synthetic-runs.ts';

function run(values: Float64Array | null): Run {
  const series = new Map(
    values === null
      ? []
      : [
          [
            'stable_rank.logged',
            { metric: 'stable_rank', centering: null, origin: 'logged' as const, values, undetermined: [] },
          ],
        ],
  );
  const layer: Layer = {
    name: 'fc',
    kind: 'classifier',
    depth: 0,
    samples: null,
    features: null,
    pooling: null,
    series,
    spectra: null,
  };
  return {
    id: 'mlp_x_mnist',
    architecture: 'mlp_x',
    family: 'mlp',
    dataset: 'mnist',
    classes: 10,
    seed: null,
    hyperparameters: {},
    parameterCount: null,
    plannedSteps: 2000,
    layers: [layer],
    steps: Float64Array.of(0, 5),
    loss: Float64Array.of(2, 1),
    gradientNorm: Float64Array.of(1, 1),
    evaluations: [],
    complete: true,
    stopped: null,
  };
}

describe('what the published method reads of a run', () => {
  it('is the logged stable rank, not a recovered one', () => {
    const values = Float64Array.of(1, 0.5);
    expect(loggedRun(run(values))).toEqual({
      name: 'mlp_x_mnist',
      archName: 'mlp_x',
      datasetName: 'mnist',
      plannedSteps: 2000,
      loss: Float64Array.of(2, 1),
      stableRank: new Map([['fc', values]]),
    });
  });

  it('is refused where the log has none, or one of another length', () => {
    expect(() => loggedRun(run(null))).toThrow(/mlp_x_mnist: layer fc; allowed: a logged stable_rank/);
    expect(() => loggedRun(run(Float64Array.of(1)))).toThrow(/at each of the 2 measurements/);
    expect(() => loggedRun({ ...run(null), layers: [] })).toThrow(/at least one layer/);
  });

  it('is ordered as Python orders names and files', () => {
    const layers = ['fc', 'network.10', 'network.2', 'Z'];
    expect(sortedLayers(syntheticRun('a_b', layers))).toEqual(['Z', 'fc', 'network.10', 'network.2']);
    // `mlp_a.json` comes before `mlp_a_b.json`, since the point sorts before the underscore.
    const runs = ['mlp_a_b', 'mlp_a', 'mlp_A'].map((name) => syntheticRun(name, []));
    expect(sortedRuns(runs).map(({ name }) => name)).toEqual(['mlp_A', 'mlp_a', 'mlp_a_b']);
  });
});
