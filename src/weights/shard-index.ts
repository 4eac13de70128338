import { InputError } from '../errors/input-error.ts';
import { parseJson } from '../formats/json.ts';

/**
 * The files that an index of shards names (`model.safetensors.index.json`), each once.
 *
 * @throws InputError where it is none, or names files that do not lie beside it.
 * @example
 * parseShardIndex('{"weight_map": {"fc.weight": "model-1.safetensors"}}', 'index.json'); // ['model-1.safetensors']
 */
export function parseShardIndex(content: string, file: string): string[] {
  const index = parseJson(content, { file, allowed: 'an index of shards, JSON' });
  const map =
    typeof index === 'object' && index !== null ? (index as Record<string, unknown>).weight_map : undefined;
  const shards = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  if (shards.length === 0 || !shards.every(isFileName)) {
    throw new InputError({
      file,
      field: 'weight_map',
      allowed: 'names of tensors with the files beside it that hold them',
    });
  }
  return shards;
}

function isFileName(value: unknown): value is string {
  return typeof value === 'string' && /^[^/\\:]+$/.test(value) && value !== '.' && value !== '..';
}
