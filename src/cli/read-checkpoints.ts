import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../checkpoints/safetensors.ts';
import { type Tensor, toFloat64 } from '../checkpoints/tensor.ts';
import { readTorchArchive } from '../checkpoints/torch-archive.ts';
import { InputError } from '../errors/input-error.ts';
import { readBounded } from '../files/read-file.ts';
import type { StudyCheckpoint } from '../findings/audit/audit-context.ts';
import { checkpointFormat, openCheckpoint } from '../study/checkpoint.ts';

const largestCheckpoint = 2 ** 31 - 1;
/** Under which names training programs keep the weights inside a checkpoint. */
const weightPrefixes = ['model_state_dict.', 'state_dict.', 'model.'];

/**
 * Reads every checkpoint below a folder: one sub-folder per run, named after it, with `.pt`, `.pth` or `.safetensors`
 * files whose names end in the training step, e.g. `checkpoint_step_00100.pt`.
 *
 * @throws InputError for a file that is no checkpoint, or whose step is not known.
 */
export function readCheckpoints(folder: string): StudyCheckpoint[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError({ file: folder, allowed: 'a folder with one sub-folder of checkpoints per run' });
  }
  const runs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return runs
    .map(({ name }) => name)
    .sort()
    .flatMap((run) =>
      readdirSync(join(folder, run))
        .filter((name) => /\.(pt|pth|safetensors)$/.test(name))
        .sort()
        .map((name) => readCheckpoint(run, join(folder, run, name))),
    );
}

function readCheckpoint(run: string, file: string): StudyCheckpoint {
  const step = /(\d+)\.[a-z]+$/.exec(file)?.[1];
  if (step === undefined) throw new InputError({ file, allowed: 'a name that ends in the training step' });
  const bytes = readBounded(file, largestCheckpoint);
  const tensors = file.endsWith('.safetensors')
    ? readWhole(bytes, file)
    : readTorchArchive(bytes, file).tensors;
  return { run, step: Number(step), tensors: weightsOf(tensors) };
}

/** Our own checkpoints are held against their digests first. */
function readWhole(bytes: Uint8Array, file: string): ReadonlyMap<string, Tensor> {
  const { metadata, tensors } = readSafetensors(bytes, file);
  if (metadata.format === checkpointFormat) openCheckpoint(bytes, file);
  return tensors;
}

/** The weights alone, under the names that the network gives them: no optimizer state. */
function weightsOf(tensors: ReadonlyMap<string, Tensor>): StudyCheckpoint['tensors'] {
  const prefix =
    weightPrefixes.find((start) => [...tensors.keys()].some((name) => name.startsWith(start))) ?? '';
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), { shape: tensor.shape, data: numbersOf(tensor) }]),
  );
}

/** Without a copy, where the elements are numbers as they stand: one of bytes would be eight times as large. */
function numbersOf(tensor: Tensor): ArrayLike<number> {
  const { data } = tensor;
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? toFloat64(tensor) : data;
}
