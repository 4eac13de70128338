import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { indexSafetensors } from '../checkpoints/safetensors-index.ts';
import type { StoredTensor } from '../checkpoints/stored-tensor.ts';
import { indexTorchArchive } from '../checkpoints/torch-index.ts';
import { InputError } from '../errors/input-error.ts';
import { openSource } from '../files/open-source.ts';
import { readBoundedText } from '../files/read-file.ts';
import { parseJson } from '../formats/json.ts';
import { stepInName } from './step-in-name.ts';

/** A saved model: one file, or several shards. */
export interface Checkpoint {
  /** As the user named it. */
  readonly path: string;
  /** The training step that its name says; null where it says none. */
  readonly step: number | null;
  /** In the order of the files; names are unique. */
  readonly tensors: readonly StoredTensor[];
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
  const tensors = files.flatMap(tensorsIn);
  const seen = new Set<string>();
  for (const { name } of tensors) {
    if (seen.has(name))
      throw new InputError({ file: path, field: 'tensor', value: name, allowed: 'each name in one shard' });
    seen.add(name);
  }
  return { path, step: stepInName(basename(path)) ?? stepInName(basename(dirname(path))), tensors };
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
  const index = parseJson(readBoundedText(path, largestIndex), {
    file: path,
    allowed: 'an index of shards, JSON',
  });
  const map =
    typeof index === 'object' && index !== null ? (index as Record<string, unknown>).weight_map : undefined;
  const shards = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  if (
    shards.length === 0 ||
    !shards.every((shard) => typeof shard === 'string' && basename(shard) === shard)
  ) {
    throw new InputError({
      file: path,
      field: 'weight_map',
      allowed: 'names of tensors with the files beside it that hold them',
    });
  }
  const files = (shards as string[]).map((shard) => join(dirname(path), shard));
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new InputError({
      file: path,
      field: 'weight_map',
      value: missing.map((file) => basename(file)).join(', '),
      allowed: 'shards that are there',
    });
  }
  return files;
}

function tensorsIn(file: string): readonly StoredTensor[] {
  const source = openSource(file);
  if (file.endsWith('.safetensors')) return indexSafetensors(source).tensors;
  if (/\.(?:pt|pth|bin|ckpt)$/.test(file)) return indexTorchArchive(source);
  throw new InputError({ file, allowed });
}
