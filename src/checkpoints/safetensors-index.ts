import type { ByteSource } from './byte-source.ts';
import { readSafetensorsHeader } from './safetensors.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { decodeTensor } from './tensor.ts';

/** What a safetensors file holds, of which the header alone has been read. */
export interface SafetensorsIndex {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of the header. */
  readonly tensors: readonly StoredTensor[];
}

/**
 * The tensors of a safetensors file, each to be read when it is asked for.
 *
 * @throws InputError where the header is not as the format demands.
 * @example
 * const { tensors } = indexSafetensors(openSource('weights.safetensors'));
 * tensors[0].read().data; // Float32Array
 */
export function indexSafetensors(source: ByteSource): SafetensorsIndex {
  const { metadata, entries, start } = readSafetensorsHeader(source);
  const tensors = entries.map(
    ({ name, type, shape, begin, end }): StoredTensor => ({
      name,
      type,
      shape,
      place: `${source.file}\0${begin}\0${shape}\0${type}`,
      read: () => decodeTensor(type, shape, source.read(start + begin, end - begin)),
    }),
  );
  return { metadata, tensors };
}
