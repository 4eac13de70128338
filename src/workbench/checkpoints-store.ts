import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { modelWeights } from '../checkpoints/model-weights.ts';
import { readSafetensors } from '../checkpoints/safetensors.ts';
import { type Tensor, toFloat64 } from '../checkpoints/tensor.ts';
import { readTorchArchive } from '../checkpoints/torch-archive.ts';
import { checkpointEnding, stepInName, stepWithin } from '../checkpoints/training-step.ts';
import { InputError } from '../errors/input-error.ts';
import { readBounded } from '../files/read-file.ts';
import type { StudyCheckpoint } from '../findings/audit/audit-context.ts';
import type { Run } from '../measurements/types.ts';
import { checkpointFormat, openCheckpoint } from '../study/checkpoint.ts';

const largestCheckpoint = 2 ** 31 - 1;

/** Checkpoints of a study, and what a reader must know of them. */
export interface StudyCheckpoints {
  /** By run, and in order of their steps. */
  readonly checkpoints: readonly StudyCheckpoint[];
  /** Files that were ignored and why, and what is odd about those that were read: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads every checkpoint below a folder: one sub-folder per run, named after it, with `.pt`, `.pth` or `.safetensors` files. The
 * training step is what the file itself holds, or else what its name says without doubt, e.g. `checkpoint_step_00100.pt`. A file
 * whose step is not known, lies beyond the run, or was there before is ignored, and named.
 *
 * @param runs of the study, as far as they are known.
 * @throws InputError for a file that is no checkpoint.
 */
export function readCheckpoints(folder: string, runs: readonly Run[] = []): StudyCheckpoints {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError({ file: folder, allowed: 'a folder with one sub-folder of checkpoints per run' });
  }
  const notes: string[] = [];
  const subfolders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const checkpoints = subfolders
    .map(({ name }) => name)
    .sort()
    .flatMap((run) => checkpointsOf(run, folder, runs, notes));
  return { checkpoints, notes };
}

function checkpointsOf(
  run: string,
  folder: string,
  runs: readonly Run[],
  notes: string[],
): StudyCheckpoint[] {
  const measured = runs.find(({ id }) => id === run);
  const last = measured?.plannedSteps ?? Number.POSITIVE_INFINITY;
  const layers = measured?.layers.map(({ name }) => name) ?? [];
  const known = new Map<number, { readonly name: string; readonly checkpoint: StudyCheckpoint }>();
  for (const name of readdirSync(join(folder, run)).sort()) {
    const ignore = (why: string): void => void notes.push(`${run}/${name} was ignored: ${why}`);
    if (!checkpointEnding.test(name)) {
      ignore('no .pt, .pth or .safetensors file');
      continue;
    }
    const { step, tensors, remarks } = readCheckpoint(join(folder, run, name), name, layers);
    const other = step === null ? undefined : known.get(step);
    if (step === null) ignore('neither the file nor its name says its training step');
    else if (step > last) ignore(`step ${step} is beyond the run, which ends at ${last}`);
    else if (other !== undefined) ignore(`step ${step} is that of ${other.name}, too`);
    else {
      known.set(step, { name, checkpoint: { run, step, tensors } });
      notes.push(...remarks.map((remark) => `${run}/${name}: ${remark}`));
    }
  }
  return [...known.values()].map(({ checkpoint }) => checkpoint).sort((a, b) => a.step - b.step);
}

interface ReadCheckpoint {
  readonly step: number | null;
  readonly tensors: StudyCheckpoint['tensors'];
  readonly remarks: readonly string[];
}

function readCheckpoint(file: string, name: string, layers: readonly string[]): ReadCheckpoint {
  const bytes = readBounded(file, largestCheckpoint);
  const { tensors, values, skipped } = file.endsWith('.safetensors')
    ? { ...readWhole(bytes, file), skipped: new Map<string, string>() }
    : readTorchArchive(bytes, file);
  const weights = new Map(
    [...modelWeights(tensors, layers).tensors].map(([weight, tensor]) => [
      weight,
      { shape: tensor.shape, data: numbersOf(tensor) },
    ]),
  );
  const broken = [...weights].filter(([, { data }]) => !allFinite(data)).map(([weight]) => weight);
  return {
    step: stepWithin(values) ?? stepInName(name),
    tensors: weights,
    remarks: [
      ...(broken.length === 0 ? [] : [`not every number of ${broken.slice(0, 5).join(', ')} is finite`]),
      ...(skipped.size === 0 ? [] : [`skipped as no tensors: ${listed(skipped)}`]),
    ],
  };
}

function listed(skipped: ReadonlyMap<string, string>): string {
  const some = [...skipped].slice(0, 5).map(([name, what]) => `${name} (${what})`);
  return `${some.join(', ')}${skipped.size > some.length ? ` and ${skipped.size - some.length} more` : ''}`;
}

/** Our own checkpoints are held against their digests first. */
function readWhole(bytes: Uint8Array, file: string) {
  const { metadata, tensors } = readSafetensors(bytes, file);
  if (metadata.format === checkpointFormat) openCheckpoint(bytes, file);
  return { tensors, values: new Map(Object.entries(metadata)) };
}

function allFinite(data: ArrayLike<number>): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}

/** Without a copy, where the elements are numbers as they stand: one of bytes would be eight times as large. */
function numbersOf(tensor: Tensor): ArrayLike<number> {
  const { data } = tensor;
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? toFloat64(tensor) : data;
}
