import { sizeOf } from '../tensor.ts';
import { lane } from './vector-kernel.ts';

export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A tensor by name: its elements in row-major order, and its shape. */
export interface NamedTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** The length of a vector that holds tensors of these shapes, each starting at a multiple of `lane`. */
export function flatLength(tensors: readonly NamedShape[]): number {
  return tensors.reduce((total, { shape }) => total + slot(shape), 0);
}

/** Views of one long vector, one per tensor: writing to a view writes to the vector. */
export function viewsOf(flat: Float32Array, tensors: readonly NamedShape[]): Map<string, NamedTensor> {
  let offset = 0;
  return new Map(
    tensors.map(({ name, shape }) => {
      const data = flat.subarray(offset, offset + sizeOf(shape));
      offset += slot(shape);
      return [name, { data, shape }];
    }),
  );
}

function slot(shape: readonly number[]): number {
  return Math.ceil(sizeOf(shape) / lane) * lane;
}
