import type { Layer, Run } from '../../src/measurements/types.ts';
import { steps } from './planted-series.ts';

/** A run with one layer per series, all of metric `stable_rank`, and what a test wants to be otherwise. */
export function plantedRun(series: readonly Float64Array[], changes: Partial<Run> = {}): Run {
  return {
    id: 'planted',
    architecture: 'mlp_planted',
    family: 'mlp',
    dataset: 'drawn',
    classes: 10,
    seed: 1,
    hyperparameters: { learningRate: 0.001 },
    parameterCount: 1234,
    plannedSteps: 2000,
    layers: series.map((values, depth) => plantedLayer(depth, values)),
    steps,
    loss: steps.map((step) => Math.exp(-step / 500)),
    gradientNorm: new Float64Array(steps.length).fill(Number.NaN),
    evaluations: [],
    complete: true,
    stopped: null,
    ...changes,
  };
}

export function plantedLayer(depth: number, values: Float64Array): Layer {
  const undetermined = Array.from(values.keys())
    .filter((index) => Number.isNaN(values[index]))
    .map((index) => ({ index, reason: 'planted' }));
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
        { metric: 'stable_rank', centering: 'columns', origin: 'measured', values, undetermined },
      ],
    ]),
    spectra: null,
  };
}
