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

/** Element types as files store them; the two 16-bit floats become `F32` when read, which holds them exactly. */
export type StoredType = TensorType | 'F16' | 'BF16';

/**
 * A dense array in row-major order: `data.length` is the product of `shape`, and `data` is the array type of
 * `dtype` (I64 and U64 hold bigints).
 */
export interface Tensor {
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export const storedTypes: readonly StoredType[] = [...(Object.keys(arrays) as TensorType[]), 'F16', 'BF16'];

/** Bytes that one element takes in a file. */
export function bytesPerElement(type: StoredType): number {
  return type === 'F16' || type === 'BF16' ? 2 : arrays[type].BYTES_PER_ELEMENT;
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
 * A tensor from the little-endian bytes of its elements. The bytes are copied.
 *
 * @param bytes exactly `elementCount(shape) * bytesPerElement(type)` bytes; the caller has checked.
 */
export function decodeTensor(type: StoredType, shape: readonly number[], bytes: Uint8Array): Tensor {
  // A copy starts at an aligned offset, whatever the place of the bytes in their file.
  const { buffer } = new Uint8Array(bytes);
  if (type === 'F16')
    return { dtype: 'F32', shape, data: new Float32Array(new Uint16Array(buffer)).map(fromHalf) };
  if (type === 'BF16') return { dtype: 'F32', shape, data: fromBrainFloat(new Uint16Array(buffer)) };
  return { dtype: type, shape, data: new arrays[type](buffer) };
}

/** The elements as float64; 64-bit integers beyond 2^53 are rounded. */
export function toFloat64({ data }: Tensor): Float64Array {
  if (data instanceof Float64Array) return data;
  return data instanceof BigInt64Array || data instanceof BigUint64Array
    ? Float64Array.from(data, Number)
    : Float64Array.from(data);
}

/** IEEE 754 binary16, given its 16 bits as an integer. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function fromBrainFloat(bits: Uint16Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(bits, (half) => half * 65536).buffer);
}
