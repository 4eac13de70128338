import { InputError } from '../errors/input-error.ts';
import type { LayerHeader } from '../measurements/run-header.ts';
import type { Model, ModelLayer, OutputStage, Pooling } from '../models/model.ts';
import { createRandom, permutation, type Random } from '../numerics/random.ts';
import type { Activation } from '../training/train.ts';
import type { RunPlan } from './run-plan.ts';
import type { StudyFile } from './study-schema.ts';

/** Turns the activations of a run's layers into the matrices that are measured. */
export interface LayerMeter {
  readonly headers: readonly LayerHeader[];
  readonly pooling: Pooling | 'published';
  readonly stage: OutputStage;
  /** @param activations by layer name, one for every header. */
  matrices(activations: ReadonlyMap<string, Activation>): Activation[];
}

/**
 * Prepares the measurement of a network.
 *
 * @param random decides which rows are kept where there are more than wanted; the same ones at every measurement.
 * @throws InputError if the network has no layer of the kinds asked for.
 */
export function layerMeter(model: Model, options: StudyFile['measurement'], random: Random): LayerMeter {
  const layers = model.layers.filter((layer) => isWanted(layer, options.layers));
  if (layers.length === 0) {
    throw new InputError({
      field: 'measurement.layers',
      value: String(options.layers),
      allowed: `at least one kind that ${model.name} has: ${[...new Set(model.layers.map(({ kind }) => kind))].join(', ')}`,
    });
  }
  const headers = layers.map((layer) => layerHeader(layer, options));
  const kept = new Map<number, Uint32Array>();
  const keptRows = (rows: number): Uint32Array => {
    if (!kept.has(rows)) kept.set(rows, permutation(rows, random.fork(rows)).slice(0, options.rows).sort());
    return kept.get(rows)!;
  };
  return {
    headers,
    pooling: options.pooling === 'features' ? 'position-mean' : options.pooling,
    stage: options.outputs,
    matrices: (activations) =>
      headers.map(({ name, samples }) => {
        const activation = activations.get(name)!;
        const rows = activation.shape[0];
        return rows === samples ? activation : takeRows(activation, keptRows(rows));
      }),
  };
}

/** The measurement of a planned run, the same wherever it is prepared. */
export function planMeter({ seed, measurement }: RunPlan, model: Model): LayerMeter {
  return layerMeter(model, measurement, createRandom(seed).fork('rows'));
}

function isWanted({ kind, standard }: ModelLayer, layers: StudyFile['measurement']['layers']): boolean {
  if (layers === 'all') return true;
  return layers === 'published' ? standard : layers.includes(kind);
}

function layerHeader(layer: ModelLayer, options: StudyFile['measurement']): LayerHeader {
  const header = pooledHeader(layer, options);
  return options.outputs === 'after-nonlinearity' && layer.nonlinearity !== null
    ? { ...header, pooling: `${header.pooling}, after ${layer.nonlinearity.label}` }
    : header;
}

function pooledHeader(
  { name, kind, depth, outputShape, features, pooling }: ModelLayer,
  { samples, pooling: chosen, rows }: StudyFile['measurement'],
): LayerHeader {
  const layer = { name, kind, depth };
  if (outputShape.length === 1 || chosen === 'published') return { ...layer, samples, features, pooling };
  const [positions, columns] = outputShape;
  const [feature, position] = kind === 'convolution' ? ['channel', 'positions'] : ['feature', 'tokens'];
  if (chosen === 'features') {
    return { ...layer, samples, features: columns, pooling: `batch × ${feature} means` };
  }
  const available = samples * positions;
  const part = available > rows ? `${rows} of ` : '';
  return {
    ...layer,
    samples: Math.min(rows, available),
    features: columns,
    pooling: `${part}batch · ${position} × ${feature}s`,
  };
}

function takeRows({ data, shape: [, columns] }: Activation, rows: Uint32Array): Activation {
  const taken = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    taken.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { data: taken, shape: [rows.length, columns] };
}
