import { isSmallFloat, type SmallFloat, smallFloats, widen } from './small-floats.ts';

/** The array that holds the elements of each type. Booleans are bytes 0 and 1. */
const arrays = {
  F64: Float64Array,
  F32: Float32Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U64: BigUint64Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

export type TensorType = keyof typeof arrays;
export type TensorData = InstanceType<(typeof arrays)[TensorType]>;

/** Element types as files store them; the floats of 16 and 8 bits become `F32` when read, which holds them exactly. */
export type StoredType = TensorType | SmallFloat;

/**
 * A dense array in row-major order: `data.length` is the product of `shape`, and `data` is the array type of
 * `dtype` (I64 and U64 hold bigints).
 */
export interface Tensor {
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export const storedTypes: readonly StoredType[] = [
  ...(Object.keys(arrays) as TensorType[]),
  ...(Object.keys(smallFloats) as SmallFloat[]),
];

/** Bytes that one element takes in a file. */
export function bytesPerElement(type: StoredType): number {
  return isSmallFloat(type) ? smallFloats[type].bytes : arrays[type].BYTES_PER_ELEMENT;
}

/** Whether `data` is the array that `dtype` promises. */
export function holdsType(data: TensorData, dtype: TensorType): boolean {
  return data instanceof arrays[dtype];
}

/**
 * The number of elements of a shape, or null where an extent is no whole number >= 0 or the product is too large
 * to be counted exactly (the mark of a damaged or hostile header).
 */
export function elementCount(shape: readonly unknown[]): number | null {
  let count = 1;
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || (extent as number) < 0) return null;
    count *= extent as number;
    if (!Number.isSafeInteger(count)) return null;
  }
  return count;
}

/**
 * A tensor from the bytes of its elements. The bytes are copied.
 *
 * @param bytes exactly `elementCount(shape) * bytesPerElement(type)` bytes; the caller has checked.
 * @param bigEndian whether the highest byte of each element comes first.
 */
export function decodeTensor(
  type: StoredType,
  shape: readonly number[],
  bytes: Uint8Array,
  bigEndian = false,
): Tensor {
  if (isSmallFloat(type)) return { dtype: 'F32', shape, data: widen(type, bytes, bigEndian) };
  // A copy starts at an aligned offset, whatever the place of the bytes in their file.
  const copy = new Uint8Array(bytes);
  if (bigEndian) reverseElements(copy, bytesPerElement(type));
  return { dtype: type, shape, data: new arrays[type](copy.buffer) };
}

/** Bytes that `decodeTensor` takes. */
export function decodedBytes(type: StoredType, count: number): number {
  return count * (isSmallFloat(type) ? 4 : bytesPerElement(type));
}

/** The elements as float64; 64-bit integers beyond 2^53 are rounded. */
export function toFloat64({ data }: Tensor): Float64Array {
  if (data instanceof Float64Array) return data;
  return data instanceof BigInt64Array || data instanceof BigUint64Array
    ? Float64Array.from(data, Number)
    : Float64Array.from(data);
}

function reverseElements(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}
