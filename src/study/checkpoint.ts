import { readSafetensors, writeSafetensors } from '../checkpoints/safetensors.ts';
import { InputError } from '../errors/input-error.ts';
import { decodeState, encodeState } from '../training/state-file.ts';
import type { TrainingState } from '../training/train.ts';
import type { RunPlan } from './run-plan.ts';

/**
 * A checkpoint of a planned run: a training state (see `encodeState`) whose metadata also name the run and hold its
 * whole plan. The same state and plan give the same bytes.
 */
export function encodeCheckpoint(state: TrainingState, plan: RunPlan): Uint8Array {
  const { tensors, metadata } = readSafetensors(encodeState(state));
  return writeSafetensors(tensors, {
    ...metadata,
    run: plan.id,
    architecture: plan.architectureName,
    dataset: plan.dataset,
    seed: String(plan.seed),
    plan: planText(plan),
  });
}

/**
 * Reads a checkpoint of a planned run.
 *
 * @param file its name, for messages.
 * @throws InputError if the file is damaged, or belongs to another run or to other settings.
 */
export function decodeCheckpoint(bytes: Uint8Array, plan: RunPlan, file: string): TrainingState {
  const { metadata } = readSafetensors(bytes, file);
  const refuse = (field: string, value: string | undefined, allowed: string): never => {
    throw new InputError({ file, field: `__metadata__.${field}`, value: value ?? 'missing', allowed });
  };
  if (metadata.run !== plan.id) refuse('run', metadata.run, `${plan.id}, a checkpoint of this run`);
  if (metadata.plan !== planText(plan)) {
    refuse('plan', metadata.plan, 'the settings of the study that it is to go on with');
  }
  const state = decodeState(bytes, file);
  const { steps } = plan.training;
  if (state.step >= steps) refuse('step', metadata.step, `a step below ${steps}`);
  return state;
}

/** What decides the outcome; where the data lie on this machine does not. */
function planText({ dataFolder: _, ...plan }: RunPlan): string {
  return JSON.stringify(plan);
}
