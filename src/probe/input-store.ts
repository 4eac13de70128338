import { basename, dirname, join, sep } from 'node:path';
import { readNpy, readNpz } from '../checkpoints/npy.ts';
import { readSafetensors } from '../checkpoints/safetensors.ts';
import type { Tensor } from '../checkpoints/tensor.ts';
import { readIdx } from '../datasets/idx.ts';
import { InputError } from '../errors/input-error.ts';
import { openSource } from '../files/open-source.ts';
import { readBounded } from '../files/read-file.ts';
import type { InputArrays } from './probe-inputs.ts';
import type { ModelFile } from './probe-model.ts';
import type { ReadBeside } from './tensor-values.ts';

const largestFile = 2 ** 31 - 1;

/**
 * Arrays of inputs or labels: `.npy`, `.npz`, `.safetensors`, or IDX (`…-ubyte`), whose bytes become shares of 255 where
 * they are pictures.
 *
 * @throws InputError where the file is damaged, or none of these.
 */
export function readArrays(path: string): InputArrays {
  const bytes = readBounded(path, largestFile);
  if (path.endsWith('.npy')) return new Map([['', readNpy(bytes, path)]]);
  if (path.endsWith('.npz')) return readNpz(bytes, path);
  if (path.endsWith('.safetensors')) return readSafetensors(bytes, path).tensors;
  if (/(?:ubyte|idx|\.idx\d)/.test(basename(path))) return new Map([['', idxTensor(bytes, path)]]);
  throw new InputError({ file: path, allowed: 'a .npy, .npz, .safetensors or IDX (-ubyte) file' });
}

function idxTensor(bytes: Uint8Array, path: string): Tensor {
  const { shape, data } = readIdx(bytes, path);
  if (shape.length === 1 || data instanceof Int32Array) {
    return { dtype: 'I32', shape, data: Int32Array.from(data) };
  }
  return { dtype: 'F32', shape, data: Float32Array.from(data, (value) => value / 255) };
}

/** Labels of the examples: the only array of a file. */
export function readLabels(path: string): ArrayLike<number> {
  const arrays = [...readArrays(path).values()];
  if (arrays.length !== 1 || arrays[0].shape.length !== 1) {
    throw new InputError({ file: path, allowed: 'one array of whole numbers, one for each example' });
  }
  return Array.from(arrays[0].data as ArrayLike<number | bigint>, Number);
}

/** A model's bytes, and the way to the data beside it. */
export function readModel(file: string): ModelFile {
  if (!file.endsWith('.onnx')) throw new InputError({ file, allowed: 'an .onnx file' });
  return { model: readBounded(file, largestFile), file, readBeside: besideModel(file) };
}

/** Reads the data that a model keeps in files beside it, and in no other folder. */
function besideModel(path: string): ReadBeside {
  return (location, offset, length) => {
    const parts = location.split(/[/\\]/);
    if (location === '' || parts.includes('..') || parts[0] === '' || /^[A-Za-z]:/.test(location)) {
      throw new InputError({
        file: path,
        field: 'external data',
        value: location,
        allowed: 'a file beside the model',
      });
    }
    const source = openSource(join(dirname(path), parts.join(sep)));
    const size = length ?? source.size - offset;
    if (
      !(
        Number.isSafeInteger(offset) &&
        offset >= 0 &&
        Number.isSafeInteger(size) &&
        size >= 0 &&
        offset + size <= source.size
      )
    ) {
      throw new InputError({
        file: source.file,
        field: 'external data',
        value: `bytes ${offset} to ${offset + size}`,
        allowed: `bytes within its ${source.size}`,
      });
    }
    return source.read(offset, size);
  };
}
