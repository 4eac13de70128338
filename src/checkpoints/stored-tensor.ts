import { isRowMajor, rowMajor } from './row-major.ts';
import { bytesPerElement, decodeTensor, elementCount, type StoredType, type Tensor } from './tensor.ts';

/** A tensor of a checkpoint that is read when it is asked for. */
export interface StoredTensor {
  readonly name: string;
  /** As the file stores it. */
  readonly type: StoredType;
  readonly shape: readonly number[];
  /** Equal for tensors that are the same elements of the same file in the same order: tied weights. */
  readonly place: string;
  /** @throws InputError where the file cannot be read any more. */
  read(): Tensor;
}

/** Where the elements of a tensor lie: in elements of a run of bytes. */
export interface StridedPlace {
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * Reads a tensor whose elements may lie in any order.
 *
 * @param read gives `length` bytes from byte `start` of the run.
 */
export function readStrided(
  { type, shape, strides, offset }: StridedPlace,
  read: (start: number, length: number) => Uint8Array,
): Tensor {
  const size = bytesPerElement(type);
  const count = elementCount(shape)!;
  if (count === 0 || isRowMajor(shape, strides)) {
    return decodeTensor(type, shape, read(offset * size, count * size));
  }
  const reach = shape.reduce((last, extent, axis) => last + (extent - 1) * strides[axis], 0) + 1;
  const { dtype, data } = decodeTensor(type, [reach], read(offset * size, reach * size));
  return { dtype, shape, data: rowMajor(data, shape, strides, 0) };
}
