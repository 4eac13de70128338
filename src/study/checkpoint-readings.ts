import { fromProbabilities } from '../mechanisms/attention/attention-maps.ts';
import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import { filterBank } from '../mechanisms/filters/filter-bank.ts';
import type { Model } from '../models/model.ts';
import { openProbe, type Reading } from '../training/probe.ts';
import type { NamedTensors } from '../training/training-state.ts';
import { checkpointStates } from './checkpoint-states.ts';
import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';

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
    for (const state of checkpointStates(directory, plan)) {
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
  { activations, attention }: Reading,
  model: Model,
  parameters: NamedTensors,
): Pick<CheckpointReading, 'activations' | 'attention' | 'weights'> {
  return {
    activations: new Map(
      [...activations].map(([name, { data, shape }]) => [
        name,
        { data: Float32Array.from(data), rows: shape[0], columns: data.length / shape[0] },
      ]),
    ),
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
