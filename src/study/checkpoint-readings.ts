import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import { checkpointStates, type StepChoice } from './checkpoint-states.ts';
import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { openMechanismReader } from './mechanism-reader.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';

/**
 * Reads everything that the mechanism measures need at every saved checkpoint of a run, on its own probe examples.
 *
 * @param directory of the study.
 * @param isWanted which of the saved steps to read; all if absent.
 * @returns by ascending step.
 * @throws InputError if a checkpoint is damaged or of another run, or the run has none.
 */
export async function* checkpointReadings(
  directory: string,
  plan: RunPlan,
  data: StudyDataset,
  isWanted?: StepChoice,
): AsyncGenerator<CheckpointReading> {
  const { probe } = chooseExamples(plan, data);
  const reader = await openMechanismReader(planModel(plan, data), probe.data, plan.training.threads);
  try {
    for (const { step, parameters } of checkpointStates(directory, plan, isWanted)) {
      yield await reader.read(step, parameters);
    }
  } finally {
    await reader.close();
  }
}
