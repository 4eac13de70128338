import { readSafetensors, writeSafetensors } from '../checkpoints/safetensors.ts';
import type { Tensor } from '../checkpoints/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { NamedTensors, TrainingState } from './training-state.ts';

/** What the metadata of a training state say under `format`. */
export const stateFormat = 'rankscope training state';
const optimizerPrefix = 'optimizer.';
/** As it was written before. */
const formerPrefix = 'optimiser.';

/**
 * A training state as a safetensors file: parameters under PyTorch's names, so that PyTorch can load them, the optimizer's
 * memory under `optimizer.…`, the step in the metadata. Equal states give equal bytes.
 *
 * @example
 * await writeFile('step-100.safetensors', encodeState(record.state));
 */
export function encodeState({ step, parameters, optimizer }: TrainingState): Uint8Array {
  const named = [
    ...parameters,
    ...[...optimizer].map(([name, tensor]) => [optimizerPrefix + name, tensor] as const),
  ];
  const tensors = named.map(([name, { data, shape }]): [string, Tensor] => [
    name,
    { dtype: 'F32', shape, data: new Float32Array(data) },
  ]);
  return writeSafetensors(new Map(tensors), { format: stateFormat, step: `${step}` });
}

/**
 * Reads what `encodeState` wrote. Whether the tensors fit a network is checked when training resumes.
 *
 * @param file its name, for messages.
 * @throws InputError for a damaged file, or one that is no training state.
 */
export function decodeState(bytes: Uint8Array, file?: string): TrainingState {
  const { metadata, tensors } = readSafetensors(bytes, file);
  if (metadata.format !== stateFormat) {
    throw new InputError({
      file,
      field: '__metadata__.format',
      value: metadata.format,
      allowed: `"${stateFormat}"`,
    });
  }
  if (!/^\d{1,15}$/.test(metadata.step ?? '')) {
    throw new InputError({
      file,
      field: '__metadata__.step',
      value: metadata.step,
      allowed: 'a step number',
    });
  }
  const parts = (isOptimizer: boolean): NamedTensors =>
    new Map(
      [...tensors].flatMap(([name, { data, shape }]) => {
        const prefix = [optimizerPrefix, formerPrefix].find((start) => name.startsWith(start));
        if ((prefix !== undefined) !== isOptimizer) return [];
        if (!(data instanceof Float32Array)) {
          throw new InputError({ file, field: name, allowed: 'numbers of type F32' });
        }
        return [[name.slice(prefix?.length ?? 0), { data, shape }]];
      }),
    );
  return { step: Number(metadata.step), parameters: parts(false), optimizer: parts(true) };
}
