import type { Layer, LayerKind, MetricSeries, Run } from '../../../src/measurements/types.ts';
import { seriesId } from '../../../src/measurements/types.ts';
import { createRandom, type Random } from '../../../src/numerics/random.ts';
import { type MetricName, metrics } from '../../../src/spectra/metrics.ts';
import type { Spectrum } from '../../../src/spectra/types.ts';
import type { Facts } from '../../../src/validity/data-checks/facts.ts';
import type { DataCheck, DataCheckResult } from '../../../src/validity/data-checks/types.ts';

const SAMPLES = 64;
const MEASUREMENTS = 60;
const INTERVAL = 10;
export const healthySteps = Float64Array.from({ length: MEASUREMENTS }, (_, i) => i * INTERVAL);

const metricNames: readonly MetricName[] = [
  'stable_rank',
  'participation_ratio',
  'participation_ratio_singular',
  'rank_90',
  'nuclear_norm_ratio',
  'effective_rank',
];

const networks = {
  mlp_small: {
    family: 'mlp',
    pooling: 'batch × units',
    layers: [
      ['network.0', 'linear', 16],
      ['network.2', 'linear', 12],
      ['network.4', 'classifier', 10],
    ],
  },
  transformer_small: {
    family: 'transformer',
    pooling: 'batch × units (mean over tokens)',
    layers: [
      ['input_proj', 'input-projection', 12],
      ['transformer.layers.0.linear1', 'feed-forward-in', 16],
      ['transformer.layers.0.linear2', 'feed-forward-out', 12],
      ['fc', 'classifier', 10],
    ],
  },
} as const;

/** Two architectures on two data sets with two seeds each, in which nothing is wrong. */
export function healthyStudy(): Run[] {
  return (['mlp_small', 'transformer_small'] as const).flatMap((architecture) =>
    ['shapes', 'letters'].flatMap((dataset) => [1, 2].map((seed) => run(architecture, dataset, seed))),
  );
}

function run(architecture: keyof typeof networks, dataset: string, seed: number): Run {
  const id = `${architecture}_${dataset}_seed${seed}`;
  const random = createRandom(id);
  const { family, pooling, layers } = networks[architecture];
  return {
    id,
    architecture,
    family,
    dataset,
    classes: 10,
    seed,
    hyperparameters: { optimizer: 'adam', tokens: 7, width: 12 },
    parameterCount: tensorsOf(layers.map(([name, , features]) => ({ name, features }))).reduce(
      (sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1),
      0,
    ),
    plannedSteps: MEASUREMENTS * INTERVAL,
    probe: { examples: [1, 2, 3], sha256: random.fork('probe').uint32().toString(16).padStart(64, '0') },
    layers: layers.map(([name, kind, features], depth) =>
      layer(name, kind, features, depth, pooling, random.fork(name)),
    ),
    steps: healthySteps,
    loss: healthySteps.map((step) => 2.3 * Math.exp(-step / 150) + 0.1 * Math.abs(random.normal())),
    gradientNorm: healthySteps.map(() => 1 + random.uniform()),
    evaluations: [{ step: (MEASUREMENTS - 1) * INTERVAL, accuracy: 0.9, examples: 500 }],
    complete: true,
    stopped: null,
  };
}

function layer(
  name: string,
  kind: LayerKind,
  features: number,
  depth: number,
  pooling: string,
  random: Random,
): Layer {
  const spectra = Array.from(healthySteps, (step) => {
    const exponent = 1.4 - 0.7 * (1 - Math.exp(-step / 100)) + 0.02 * random.normal();
    const centered = Float64Array.from({ length: features }, (_, i) => (i + 1) ** -exponent);
    // The mean takes the place of the first direction, moderately larger.
    const raw = centered.map((value, i) => (i === 0 ? 1.3 * value : value));
    return { centered: spectrum(centered, 'columns'), raw: spectrum(raw, 'none') };
  });
  const series = metricNames.flatMap((metric) =>
    (['centered', 'raw'] as const).map((variant): [string, MetricSeries] => [
      seriesId(metric, variant),
      {
        metric,
        centering: variant === 'centered' ? 'columns' : 'none',
        origin: 'measured',
        values: Float64Array.from(spectra, (at) => {
          const result = metrics[metric](at[variant]);
          if (!result.determined) throw new Error(result.reason);
          return result.value;
        }),
        undetermined: [],
      },
    ]),
  );
  return { name, kind, depth, samples: SAMPLES, features, pooling, series: new Map(series), spectra: null };
}

function spectrum(singularValues: Float64Array, centering: Spectrum['centering']): Spectrum {
  const features = singularValues.length;
  return {
    singularValues,
    samples: SAMPLES,
    features,
    centering,
    reliable: features,
    rowFourthMoment: Number.NaN,
  };
}

/** Weights and biases of layers that follow each other, the first with 8 inputs. */
export function tensorsOf(
  layers: readonly { readonly name: string; readonly features: number | null }[],
): { name: string; shape: readonly number[] }[] {
  return layers.flatMap(({ name, features }, i) => [
    { name: `model.${name}.weight`, shape: [features!, i === 0 ? 8 : layers[i - 1].features!] },
    { name: `model.${name}.bias`, shape: [features!] },
  ]);
}

/** The run with one of its layers changed. */
export function withLayer(run: Run, name: string, change: (layer: Layer) => Partial<Layer>): Run {
  return {
    ...run,
    layers: run.layers.map((layer) => (layer.name === name ? { ...layer, ...change(layer) } : layer)),
  };
}

/** The run with a series of every layer changed. */
export function withSeries(
  run: Run,
  id: string,
  change: (values: Float64Array) => Float64Array,
  only?: string,
): Run {
  const layers = run.layers.map((layer): Layer => {
    const one = layer.series.get(id);
    if (one === undefined || (only !== undefined && only !== layer.name)) return layer;
    return { ...layer, series: new Map(layer.series).set(id, { ...one, values: change(one.values) }) };
  });
  return { ...run, layers };
}

/** What one check says, with a fixed seed. */
export function faultsOf(check: DataCheck, facts: Facts): DataCheckResult[] {
  return check.check(facts, createRandom('test'));
}
