import { z } from 'zod';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { parsePythonJson } from '../../formats/json.ts';
import { checkShape } from '../../measurements/parse-json.ts';
import type { LayerHeader } from '../../measurements/run-header.ts';
import { type Layer, type MetricSeries, type Run, seriesId } from '../../measurements/types.ts';
import { ndtArchitectures, ndtDatasets, ndtLayers, ndtProbeSamples } from './ndt-architectures.ts';

const number = z.number({ error: 'a finite number' });
const count = z.int({ error: 'a whole number' }).min(0, 'a whole number from 0');
const name = z.string({ error: 'a name' }).max(100, 'a name of at most 100 characters');

const logSchema = z.object(
  {
    arch_name: name,
    dataset_name: name,
    num_steps: count,
    measurement_interval: count.min(1, 'a whole number from 1'),
    final_accuracy: number.min(0, 'a share from 0 to 1').max(1, 'a share from 0 to 1'),
    architecture_params: z.object(
      {
        depth: number,
        width: number,
        min_width: number,
        max_width: number,
        num_params: count,
        connectivity: number,
      },
      { error: 'an object' },
    ),
    measurements: z
      .array(z.custom<Fields>(isFields, 'an object'), { error: 'a list' })
      .min(1, 'at least one measurement'),
  },
  { error: 'a training log of Neural Dimensionality Tracking' },
);

/** The log's four metrics, and under which series they are kept: all of uncentered activations. */
const loggedMetrics = [
  // Its norm was that of Frobenius, not σ₁: the value carries no rank and is kept apart from the true one.
  { field: 'stable_rank', metric: 'stable_rank', variant: 'logged' },
  { field: 'participation_ratio', metric: 'participation_ratio_singular', variant: 'raw' },
  { field: 'effective_rank_90', metric: 'rank_90', variant: 'raw' },
  { field: 'nuclear_norm_ratio', metric: 'nuclear_norm_ratio', variant: 'raw' },
] as const;
type LoggedField = (typeof loggedMetrics)[number]['field'];
type LoggedSeries = Readonly<Record<LoggedField, MetricSeries>>;

/**
 * Reads one training log of the project Neural Dimensionality Tracking (2025).
 *
 * Layers come in the network's order, which the log does not keep, with the kind and the measured matrix that the
 * published program gives them. Beside the four logged metrics each layer gets `stable_rank.raw`, the true stable
 * rank ‖A‖_F²/σ₁², recovered as nuclear_norm_ratio² / participation_ratio; the logged values come from float32, so
 * it may fall short of its lower bound 1 by some 1e-7.
 *
 * A metric logged as NaN is undetermined; any other number must be a number.
 *
 * @param file named in errors.
 * @throws InputError naming the file and the field.
 * @example
 * const run = parseNdtRun(text, 'cnn_deep_mnist.json');
 * run.layers[0].series.get('stable_rank.raw')?.values; // Float64Array(400)
 */
export function parseNdtRun(text: string, file: string): Run {
  const log = checkShape(logSchema, parsePythonJson(text, { file, allowed: 'JSON in one piece' }), file);
  const architecture = lookUp(ndtArchitectures, log.arch_name, 'arch_name', file);
  const dataset = lookUp(ndtDatasets, log.dataset_name, 'dataset_name', file);
  const { measurements, architecture_params: params } = log;
  const layers = ndtLayers(architecture, dataset);
  const steps = readSteps(measurements, log.num_steps, file);
  const lastEpoch = measurements[measurements.length - 1].epoch;
  return {
    id: `${log.arch_name}_${log.dataset_name}`,
    architecture: log.arch_name,
    family: architecture.family,
    dataset: log.dataset_name,
    classes: dataset.classes,
    seed: null,
    hyperparameters: {
      // The same for every published run, and therefore not in its log.
      optimizer: 'adam',
      learningRate: 1e-3,
      batchSize: 32,
      probeSamples: ndtProbeSamples,
      measureEvery: log.measurement_interval,
      ...(typeof lastEpoch === 'number' ? { epochs: lastEpoch } : {}),
      depth: params.depth,
      width: params.width,
      minWidth: params.min_width,
      maxWidth: params.max_width,
      connectivity: params.connectivity,
    },
    parameterCount: params.num_params,
    plannedSteps: log.num_steps,
    probe: null,
    layers: readLayers(measurements, layers, file),
    steps,
    loss: Float64Array.from(measurements, ({ loss }, index) =>
      requireNumber(loss, file, `measurements[${index}].loss`),
    ),
    gradientNorm: Float64Array.from(measurements, ({ grad_norm }, index) =>
      requireNumber(grad_norm, file, `measurements[${index}].grad_norm`),
    ),
    evaluations: [{ step: log.num_steps, accuracy: log.final_accuracy, examples: null }],
    complete: steps[steps.length - 1] + log.measurement_interval >= log.num_steps,
    stopped: null,
  };
}

function lookUp<T>(known: ReadonlyMap<string, T>, key: string, field: string, file: string): T {
  const found = known.get(key);
  if (found === undefined)
    throw new InputError({ file, field, value: key, allowed: oneOf(key, [...known.keys()]) });
  return found;
}

type Fields = Readonly<Record<string, unknown>>;

function readSteps(measurements: readonly Fields[], last: number, file: string): Float64Array {
  let previous = -1;
  return Float64Array.from(measurements, ({ step }, index) => {
    if (!Number.isSafeInteger(step) || (step as number) <= previous || (step as number) > last) {
      throw new InputError({
        file,
        field: `measurements[${index}].step`,
        value: step ?? 'missing or NaN',
        allowed: `a whole number above ${previous}, up to ${last}`,
      });
    }
    previous = step as number;
    return previous;
  });
}

function requireNumber(value: unknown, file: string, field: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new InputError({ file, field, value: value ?? 'missing or NaN', allowed: 'a finite number' });
}

function readLayers(
  measurements: readonly Fields[],
  expected: readonly LayerHeader[],
  file: string,
): Layer[] {
  const records = measurements.map(({ layer_metrics }, index) => {
    const field = `measurements[${index}].layer_metrics`;
    if (!isFields(layer_metrics)) throw new InputError({ file, field, allowed: 'an object' });
    for (const layer of expected) {
      if (!isFields(layer_metrics[layer.name])) {
        throw new InputError({
          file,
          field: `${field}.${layer.name}`,
          value: 'missing',
          allowed: 'an object',
        });
      }
    }
    const names = Object.keys(layer_metrics);
    if (names.length > expected.length) {
      const value = names.find((entry) => !expected.some((layer) => layer.name === entry));
      throw new InputError({
        file,
        field,
        value,
        allowed: `only the ${expected.length} layers of its network`,
      });
    }
    return layer_metrics as Readonly<Record<string, Fields>>;
  });
  return expected.map((layer) => {
    const logged = Object.fromEntries(
      loggedMetrics.map((entry) => [entry.field, readSeries(records, layer.name, entry, file)]),
    ) as unknown as LoggedSeries;
    return {
      ...layer,
      series: new Map([
        ...loggedMetrics.map(
          ({ field, metric, variant }) => [seriesId(metric, variant), logged[field]] as const,
        ),
        [seriesId('stable_rank', 'raw'), recoverStableRank(logged)],
      ]),
      spectra: null,
    };
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Shared by all entries: a log may hold nothing else. */
const loggedAs = { nan: 'logged as NaN', infinite: 'logged as an infinite number' };

function readSeries(
  records: readonly Readonly<Record<string, Fields>>[],
  layer: string,
  { field, metric, variant }: (typeof loggedMetrics)[number],
  file: string,
): MetricSeries {
  const undetermined: { index: number; reason: string }[] = [];
  const values = new Float64Array(records.length);
  for (let index = 0; index < records.length; index++) {
    const value = records[index][layer][field];
    if (typeof value === 'number' && Number.isFinite(value)) {
      values[index] = value;
    } else if (value === null || typeof value === 'number') {
      undetermined.push({ index, reason: value === null ? loggedAs.nan : loggedAs.infinite });
      values[index] = Number.NaN;
    } else {
      throw new InputError({
        file,
        field: `measurements[${index}].layer_metrics.${layer}.${field}`,
        value: value ?? 'missing',
        allowed: 'a number',
      });
    }
  }
  return { metric, centering: variant === 'logged' ? null : 'none', origin: 'logged', values, undetermined };
}

/**
 * The logged stable rank is 1 − 1e-10/‖A‖_F². Below this ‖A‖_F² is under 1e-4, and the 1e-10 that the published
 * formulas add to their denominators no longer is negligible.
 */
const leastLoggedStableRank = 1 - 1e-6;

function recoverStableRank(logged: LoggedSeries): MetricSeries {
  const undetermined: { index: number; reason: string }[] = [];
  const ratio = logged.nuclear_norm_ratio.values;
  const participation = logged.participation_ratio.values;
  const values = ratio.map((value, index) => {
    const recovered = value ** 2 / participation[index];
    const reason = !Number.isFinite(recovered)
      ? 'the logged nuclear_norm_ratio or participation_ratio is missing or 0'
      : logged.stable_rank.values[index] >= leastLoggedStableRank
        ? null
        : 'the activations are too small against the 1e-10 in the logged formulas';
    if (reason === null) return recovered;
    undetermined.push({ index, reason });
    return Number.NaN;
  });
  return { metric: 'stable_rank', centering: 'none', origin: 'recovered', values, undetermined };
}
