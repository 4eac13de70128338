import { readSafetensors, writeSafetensors } from '../checkpoints/safetensors.ts';
import type { Tensor } from '../checkpoints/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { NamedTensors, TrainingState } from '../training/train.ts';
import type { RunPlan } from './run-plan.ts';

/** Before the names of the optimiser's tensors, to keep them apart from those of the network. */
const optimiserPrefix = 'optimiser.';

/**
 * A checkpoint as a safetensors file: the network's tensors under PyTorch's names, the optimiser's memory as
 * `optimiser.<memory>.<tensor>` (e.g. `optimiser.first_moment.fc.weight`), and in the metadata the run, the last step
 * done and the whole plan of the run. The same state and plan give the same bytes.
 */
export function encodeCheckpoint(state: TrainingState, plan: RunPlan): Uint8Array {
  const entries = (tensors: NamedTensors, prefix: string): [string, Tensor][] =>
    [...tensors].map(([name, { shape, data }]) => [
      prefix + name,
      { dtype: 'F32', shape, data: new Float32Array(data) },
    ]);
  return writeSafetensors(
    new Map([...entries(state.parameters, ''), ...entries(state.optimiser, optimiserPrefix)]),
    {
      format: 'pt',
      writer: 'rankscope-checkpoint-1',
      run: plan.id,
      architecture: plan.architectureName,
      dataset: plan.dataset,
      seed: String(plan.seed),
      step: String(state.step),
      plan: planText(plan),
    },
  );
}

/**
 * Reads a checkpoint of a planned run.
 *
 * @param file its name, for messages.
 * @throws InputError if the file is damaged, or belongs to another run or to other settings.
 */
export function decodeCheckpoint(bytes: Uint8Array, plan: RunPlan, file: string): TrainingState {
  const { metadata, tensors } = readSafetensors(bytes, file);
  const refuse = (field: string, allowed: string): never => {
    throw new InputError({ file, field: `metadata.${field}`, value: metadata[field] ?? 'missing', allowed });
  };
  if (metadata.run !== plan.id) refuse('run', `${plan.id}, a checkpoint of this run`);
  if (metadata.plan !== planText(plan)) refuse('plan', 'the settings of the study that it is to go on with');
  const step = /^\d{1,12}$/.test(metadata.step ?? '') ? Number(metadata.step) : Number.NaN;
  if (!(step < plan.training.steps)) refuse('step', `a step below ${plan.training.steps}`);
  const parameters = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  const optimiser = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [name, { dtype, shape, data }] of tensors) {
    if (!(data instanceof Float32Array)) {
      throw new InputError({ file, field: `${name}.dtype`, value: dtype, allowed: 'F32' });
    }
    const isOptimiser = name.startsWith(optimiserPrefix);
    const target = isOptimiser ? optimiser : parameters;
    target.set(isOptimiser ? name.slice(optimiserPrefix.length) : name, { shape, data });
  }
  return { step, parameters, optimiser };
}

/** What decides the outcome; where the data lie on this machine does not. */
function planText({ dataFolder: _, ...plan }: RunPlan): string {
  return JSON.stringify(plan);
}
