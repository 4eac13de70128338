import type { Layer, MetricSeries, Run } from '../../../src/measurements/types.ts';

/** A run of one layer with the spectra given, and what a test wants to be otherwise. */
export function loggedRun(spectra: readonly (readonly number[])[], changes: Partial<Run> = {}): Run {
  const singularValues = spectra.map((values) => Float64Array.from(values));
  const series = (metric: string, of: (variances: number[]) => number): [string, MetricSeries] => [
    metric,
    {
      metric,
      centering: 'columns',
      origin: 'measured',
      values: Float64Array.from(spectra, (values) => of(values.map((value) => value ** 2))),
      undetermined: [],
    },
  ];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const layer: Layer = {
    name: 'fc',
    kind: 'linear',
    depth: 0,
    samples: 160,
    features: spectra[0]?.length ?? 0,
    pooling: null,
    series: new Map([
      series('participation_ratio', (v) => sum(v) ** 2 / sum(v.map((value) => value ** 2))),
      series('stable_rank', (v) => sum(v) / v[0]),
    ]),
    spectra: { centered: singularValues, raw: null },
  };
  return {
    id: 'logged',
    architecture: 'mlp',
    family: 'mlp',
    dataset: 'drawn',
    classes: 10,
    seed: 1,
    hyperparameters: {},
    parameterCount: null,
    plannedSteps: 5 * spectra.length,
    layers: [layer],
    steps: Float64Array.from(spectra, (_, i) => 5 * i),
    loss: Float64Array.from(spectra, (_, i) => Math.exp(-i / 100)),
    gradientNorm: new Float64Array(spectra.length).fill(Number.NaN),
    evaluations: [],
    complete: true,
    stopped: null,
    ...changes,
  };
}
