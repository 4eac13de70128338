import type { Dataset } from '../datasets/types.ts';
import { fromProbabilities } from '../mechanisms/attention/attention-maps.ts';
import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import { type FilterBank, filterBank } from '../mechanisms/filters/filter-bank.ts';
import type { Model } from '../models/model.ts';
import type { Matrix } from '../spectra/types.ts';
import { type Activation, openProbe } from '../training/probe.ts';
import type { NamedTensors } from '../training/training-state.ts';

/** Which of a network's insides are read; all if absent. */
export interface ReadParts {
  readonly activations?: boolean;
  readonly attention?: boolean;
}

/** Reads what the mechanism measures need of a network, always on the same examples. */
export interface MechanismReader {
  /** @param parameters are copied where they are kept. */
  read(step: number, parameters: NamedTensors): Promise<CheckpointReading>;
  close(): Promise<void>;
}

/**
 * Opens a network for the mechanism measures: outputs of all layers after their nonlinearity (means over positions), attention
 * probabilities, logits, weight tensors.
 */
export async function openMechanismReader(
  model: Model,
  probe: Dataset,
  threads: number | undefined,
  { activations = true, attention = true }: ReadParts = {},
): Promise<MechanismReader> {
  const network = await openProbe(model, {
    count: probe.count,
    layers: activations ? model.layers.map(({ name }) => name) : [],
    pooling: 'position-mean',
    stage: 'after-nonlinearity',
    attention: attention && model.family === 'transformer',
    threads,
  });
  return {
    read: async (step, parameters) => {
      const weights = weightTensors(model, parameters);
      const reading = await network.read(parameters, probe.inputs);
      return {
        step,
        ...{ labels: probe.labels, classes: probe.classes },
        logits: matrixOf(reading.logits),
        activations: new Map([...reading.activations].map(([name, output]) => [name, matrixOf(output)])),
        attention: new Map([...reading.attention].map(([name, maps]) => [name, attentionMaps(maps)])),
        weights,
      };
    },
    close: () => network.close(),
  };
}

/** The tensors of two or more axes, copied. */
export function weightTensors(model: Model, parameters: NamedTensors): Map<string, FilterBank> {
  return new Map(
    model.parameters
      .filter(({ shape }) => shape.length >= 2)
      .map(({ name, shape }) => [name, filterBank(Float32Array.from(parameters.get(name)!.data), shape)]),
  );
}

function attentionMaps({ data, shape: [examples, heads, queries, keys] }: Activation) {
  return fromProbabilities(data, { examples, heads, queries, keys });
}

function matrixOf({ data, shape: [rows] }: Activation): Matrix {
  return { data, rows, columns: data.length / rows };
}
