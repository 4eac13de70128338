import { InputError } from '../errors/input-error.ts';
import type { NamedTensors, TrainingState } from '../training/training-state.ts';
import { assertPlan } from './checkpoint.ts';
import type { RunPlan } from './run-plan.ts';
import { listCheckpoints, readCheckpoint } from './run-store.ts';

/**
 * The saved states of a run, by ascending step.
 *
 * @param directory of the study.
 * @param lastOnly whether those before the last are left out.
 * @throws InputError if a checkpoint is damaged, of another run or holds a weight that is no number, or the run has none.
 */
export function* checkpointStates(
  directory: string,
  plan: RunPlan,
  lastOnly = false,
): Generator<TrainingState> {
  const files = listCheckpoints(directory, plan.id)
    .slice(0, lastOnly ? 1 : undefined)
    .reverse();
  if (files.length === 0) {
    throw new InputError({
      field: `checkpoints of ${plan.id}`,
      value: 'none',
      allowed: 'at least one: see checkpoints in a study file, or train --plan',
    });
  }
  for (const file of files) {
    const { state, metadata } = readCheckpoint(file);
    if (metadata.run !== plan.id) assertPlan(metadata, plan, file.path);
    assertFinite(state.parameters, file.path);
    yield state;
  }
}

function assertFinite(parameters: NamedTensors, file: string): void {
  for (const [name, { data }] of parameters) {
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new InputError({ file, field: `${name}[${bad}]`, value: data[bad], allowed: 'finite weights' });
  }
}
