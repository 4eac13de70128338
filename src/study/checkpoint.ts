import { readSafetensors } from '../checkpoints/safetensors.ts';
import { checkSeal, sealSafetensors } from '../checkpoints/sealed-safetensors.ts';
import { InputError } from '../errors/input-error.ts';
import { inPresentSpelling } from '../formats/former-spelling.ts';
import { parseJson } from '../formats/json.ts';
import { decodeState, encodeState, stateFormat } from '../training/state-file.ts';
import type { TrainingState } from '../training/train.ts';
import type { RunPlan } from './run-plan.ts';

/** What the metadata of a checkpoint say under `format`. */
export const checkpointFormat = stateFormat;

/** The version that is written: with a digest of the file in its metadata. Version 1 had none, and did not say its version. */
const writtenVersion = '2';

/**
 * A checkpoint of a planned run: a training state (see `encodeState`) whose metadata also name the run, hold its whole
 * plan and the file's digest. The same state and plan give the same bytes.
 */
export function encodeCheckpoint(state: TrainingState, plan: RunPlan): Uint8Array {
  const { tensors, metadata } = readSafetensors(encodeState(state));
  return sealSafetensors(tensors, {
    ...metadata,
    version: writtenVersion,
    run: plan.id,
    architecture: plan.architectureName,
    dataset: plan.dataset,
    seed: String(plan.seed),
    plan: planText(plan),
  });
}

/** What a checkpoint holds, whosever it is. */
export interface OpenedCheckpoint {
  readonly metadata: Readonly<Record<string, string>>;
  readonly state: TrainingState;
  /** Whether a digest says that it is what was written; checkpoints of version 1 have none. */
  readonly isSealed: boolean;
}

/**
 * Reads a checkpoint of any run, and holds it against its digest.
 *
 * @param file its name, for messages.
 * @throws InputError if the file is damaged, or no checkpoint of a version that is known.
 */
export function openCheckpoint(bytes: Uint8Array, file: string): OpenedCheckpoint {
  const { metadata } = readSafetensors(bytes, file);
  const isSealed = checkSeal(bytes, metadata, file);
  const { version } = metadata;
  if (version !== (isSealed ? writtenVersion : undefined)) {
    const allowed = `${writtenVersion} with a digest, or none without; a later one needs a later rankscope`;
    throw new InputError({ file, field: '__metadata__.version', value: version ?? 'missing', allowed });
  }
  return { metadata, state: decodeState(bytes, file), isSealed };
}

/** @throws InputError if a checkpoint with these metadata belongs to another run or to other settings. */
export function assertPlan(metadata: Readonly<Record<string, string>>, plan: RunPlan, file: string): void {
  const refuse = (field: string, value: string | undefined, allowed: string): never => {
    throw new InputError({ file, field: `__metadata__.${field}`, value: value ?? 'missing', allowed });
  };
  if (metadata.run !== plan.id) refuse('run', metadata.run, `${plan.id}, a checkpoint of this run`);
  if (presentPlan(metadata.plan, file) !== planText(plan)) {
    refuse('plan', metadata.plan, 'the settings of the study that it is to go on with');
  }
  const { steps } = plan.training;
  if (Number(metadata.step) >= steps) refuse('step', metadata.step, `a step below ${steps}`);
}

/** A plan as it would be written now. */
function presentPlan(text: string | undefined, file: string): string | undefined {
  if (text === undefined) return text;
  return JSON.stringify(inPresentSpelling(parseJson(text, { file, field: '__metadata__.plan' })));
}

/** What decides the outcome; where the data lie on this machine does not. */
function planText({ dataFolder: _, ...plan }: RunPlan): string {
  return JSON.stringify(plan);
}
