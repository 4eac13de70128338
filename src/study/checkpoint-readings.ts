import { InputError } from '../errors/input-error.ts';
import { fromProbabilities } from '../mechanisms/attention/attention-maps.ts';
import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import { filterBank } from '../mechanisms/filters/filter-bank.ts';
import type { Model } from '../models/model.ts';
import type { Matrix } from '../spectra/types.ts';
import { type Activation, openProbe, type Reading } from '../training/probe.ts';
import type { NamedTensors } from '../training/training-state.ts';
import { assertPlan } from './checkpoint.ts';
import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';
import { listCheckpoints, readCheckpoint } from './run-store.ts';

/**
 * Reads everything that the mechanism measures need at every saved checkpoint of a run, on its own probe examples: outputs of all layers
 * after their nonlinearity (means over positions), attention probabilities, weight tensors.
 *
 * @param directory of the study.
 * @returns by ascending step.
 * @throws InputError if a checkpoint is damaged or of another run, or the run has none.
 */
export async function* checkpointReadings(
  directory: string,
  plan: RunPlan,
  data: StudyDataset,
): AsyncGenerator<CheckpointReading> {
  const files = listCheckpoints(directory, plan.id).reverse();
  if (files.length === 0) {
    throw new InputError({
      field: `checkpoints of ${plan.id}`,
      value: 'none',
      allowed: 'at least one: see checkpoints in a study file, or train --plan',
    });
  }
  const model = planModel(plan, data);
  const { probe } = chooseExamples(plan, data);
  const network = await openProbe(model, {
    count: probe.data.count,
    layers: model.layers.map(({ name }) => name),
    pooling: 'position-mean',
    stage: 'after-nonlinearity',
    attention: model.family === 'transformer',
    threads: plan.training.threads,
  });
  try {
    for (const file of files) {
      const { state, metadata } = readCheckpoint(file);
      if (metadata.run !== plan.id) assertPlan(metadata, plan, file.path);
      assertFinite(state.parameters, file.path);
      const reading = await network.read(state.parameters, probe.data.inputs);
      yield {
        step: state.step,
        ...{ labels: probe.data.labels, classes: data.classes },
        ...readingOf(reading, model, state.parameters),
      };
    }
  } finally {
    await network.close();
  }
}

function readingOf(
  { logits, activations, attention }: Reading,
  model: Model,
  parameters: NamedTensors,
): Pick<CheckpointReading, 'logits' | 'activations' | 'attention' | 'weights'> {
  return {
    logits: matrixOf(logits),
    activations: new Map([...activations].map(([name, activation]) => [name, matrixOf(activation)])),
    attention: new Map(
      [...attention].map(
        ([
          name,
          {
            data,
            shape: [examples, heads, queries, keys],
          },
        ]) => [name, fromProbabilities(data, { examples, heads, queries, keys })],
      ),
    ),
    weights: new Map(
      model.parameters
        .filter(({ shape }) => shape.length >= 2)
        .map(({ name, shape }) => [name, filterBank(Float32Array.from(parameters.get(name)!.data), shape)]),
    ),
  };
}

function matrixOf({ data, shape: [rows] }: Activation): Matrix {
  return { data, rows, columns: data.length / rows };
}

function assertFinite(parameters: NamedTensors, file: string): void {
  for (const [name, { data }] of parameters) {
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new InputError({ file, field: `${name}[${bad}]`, value: data[bad], allowed: 'finite weights' });
  }
}
