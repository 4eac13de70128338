import type { TensorData } from './tensor.ts';

/**
 * Copies the elements of a strided array into row-major order.
 *
 * @param strides elements to step over for one step along each axis; the caller has checked that no index leaves
 *   `data`.
 * @param offset index of the first element.
 * @example
 * rowMajor(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], [1, 2], 0); // column-major [[1, 3, 5], [2, 4, 6]]
 */
export function rowMajor<D extends TensorData>(
  data: D,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): D {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const copy = new (data.constructor as new (length: number) => D)(count);
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < count; to++) {
    copy[to] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return copy;
}

/** Whether these strides already are those of row-major order; axes of extent 1 may have any. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}
