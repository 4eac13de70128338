import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { indexSafetensors } from '../checkpoints/safetensors-index.ts';
import type { StoredTensor } from '../checkpoints/stored-tensor.ts';
import type { TorchScalar } from '../checkpoints/torch-archive.ts';
import { indexTorchArchive } from '../checkpoints/torch-index.ts';
import { stepInName, stepWithin } from '../checkpoints/training-step.ts';
import { InputError } from '../errors/input-error.ts';
import { openSource } from '../files/open-source.ts';
import { readBoundedText } from '../files/read-file.ts';
import { parseShardIndex } from './shard-index.ts';

/** A saved model: one file, or several shards. */
export interface Checkpoint {
  /** As the user named it. */
  readonly path: string;
  /** The training step that the file holds within itself, else that its name says; null where there is none. */
  readonly step: number | null;
  /** In the order of the files; names are unique. */
  readonly tensors: readonly StoredTensor[];
  /** What is no tensor, number or text, by name, and what it is: none of it was made or run. */
  readonly objects: ReadonlyMap<string, string>;
}

const largestIndex = 2 ** 28;
const allowed =
  'a .safetensors, .pt, .pth, .bin or .ckpt file, an index of shards (.index.json), or a folder with one of them';

/**
 * The tensors of a saved model, each to be read when it is asked for.
 *
 * @param path a `.safetensors`, `.pt`, `.pth`, `.bin` or `.ckpt` file, an index of shards, or a folder that holds one model.
 * @throws InputError where there is none, or a file of it is damaged or missing.
 */
export function openCheckpointFiles(path: string): Checkpoint {
  const files = filesOf(path);
  const contents = files.map(contentOf);
  const tensors = contents.flatMap((content) => content.tensors);
  const seen = new Set<string>();
  for (const { name } of tensors) {
    if (seen.has(name))
      throw new InputError({ file: path, field: 'tensor', value: name, allowed: 'each name in one shard' });
    seen.add(name);
  }
  const within = contents.map(({ values }) => stepWithin(values)).find((step) => step !== null);
  const objects = new Map(contents.flatMap((content) => [...content.objects]));
  return { path, step: within ?? stepSaid(path, files), tensors, objects };
}

/**
 * The checkpoints that a path stands for: itself, or those in a folder that holds several, in the order of their names.
 *
 * @throws InputError where there is nothing, or a folder holds none.
 */
export function checkpointsAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const models = entries.filter(
    (entry) => entry.isFile() && modelEnding.test(entry.name) && !besideModel.test(entry.name),
  );
  const folders = entries.filter((entry) => entry.isDirectory() && stepInName(entry.name) !== null);
  const [only] = models;
  if (folders.length === 0 && models.length === 1 && only.name.endsWith('.onnx'))
    return [join(path, only.name)];
  if (
    folders.length === 0 &&
    (models.length <= 1 || entries.some(({ name }) => name.endsWith('.index.json')))
  )
    return [path];
  return [...folders, ...models].map(({ name }) => join(path, name));
}

const modelEnding = /\.(?:safetensors|pt|pth|bin|ckpt|onnx)$/;
/** What training programs put beside a model. */
const besideModel = /^(?:optimizer|scheduler|rng_state|training_args|scaler)/;

/**
 * The training step that names say: the path's own; that of its only file; that of the folder it lies in. Null where none does.
 *
 * @param files of which the checkpoint consists.
 */
export function stepSaid(path: string, files: readonly string[] = [path]): number | null {
  const names = [path, ...(files.length === 1 ? [files[0]] : []), dirname(path)];
  return names.map((name) => stepInName(basename(name))).find((step) => step !== null) ?? null;
}

function filesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new InputError({ file: path, allowed });
  if (!found.isDirectory()) return path.endsWith('.index.json') ? shardsOf(path) : [path];
  const names = readdirSync(path).sort();
  const index = names.find((name) => name.endsWith('.index.json'));
  if (index !== undefined) return shardsOf(join(path, index));
  for (const ending of [/\.safetensors$/, /\.(?:pt|pth|bin|ckpt)$/]) {
    const models = names.filter((name) => ending.test(name) && !besideModel.test(name));
    if (models.length === 1) return [join(path, models[0])];
    if (models.length > 1) {
      throw new InputError({
        file: path,
        value: models.join(', '),
        allowed: 'a folder with one model: name the files instead',
      });
    }
  }
  throw new InputError({ file: path, allowed });
}

/** The shards that an index names, which must lie beside it. */
function shardsOf(path: string): string[] {
  const files = parseShardIndex(readBoundedText(path, largestIndex), path).map((shard) =>
    join(dirname(path), shard),
  );
  const missing = files.filter((file) => !existsSync(file)).map((file) => basename(file));
  if (missing.length > 0) {
    throw new InputError({
      file: path,
      field: 'weight_map',
      value: missing.join(', '),
      allowed: 'shards that are there',
    });
  }
  return files;
}

function contentOf(file: string): {
  readonly tensors: readonly StoredTensor[];
  readonly values: ReadonlyMap<string, TorchScalar>;
  readonly objects: ReadonlyMap<string, string>;
} {
  const source = openSource(file);
  if (file.endsWith('.safetensors')) {
    const { tensors, metadata } = indexSafetensors(source);
    return { tensors, values: new Map(Object.entries(metadata)), objects: new Map() };
  }
  if (!/\.(?:pt|pth|bin|ckpt)$/.test(file)) throw new InputError({ file, allowed });
  const { tensors, values, skipped } = indexTorchArchive(source);
  return { tensors, values, objects: skipped };
}
