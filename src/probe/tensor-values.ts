import { decodeTensor, elementCount, type StoredType } from '../checkpoints/tensor.ts';
import { InputError } from '../errors/input-error.ts';
import type { TensorMessage } from './onnx-messages.ts';

/** Bytes of a file beside the model, by the name that the model gives it. */
export type ReadBeside = (location: string, offset: number, length: number | null) => Uint8Array;

/** Real element types of `TensorProto.DataType`. */
const realTypes: ReadonlyMap<number, StoredType> = new Map([
  [1, 'F32'],
  [10, 'F16'],
  [11, 'F64'],
  [16, 'BF16'],
]);
const external = 1;

export type RealValues = Float32Array | Float64Array;

/** Whether tensors of this type are real numbers that can be read. */
export const isRealType = (dataType: number): boolean => realTypes.has(dataType);

/** The bytes of a tensor's elements where the model holds them as such, in the model or beside it; null where it does not. */
export function rawBytes(message: TensorMessage, readBeside: ReadBeside): Uint8Array | null {
  if (message.dataLocation !== external) return message.rawData.length > 0 ? message.rawData : null;
  const entries = new Map(message.externalData.map(({ key, value }) => [key, value]));
  const length = entries.get('length');
  return readBeside(
    entries.get('location') ?? '',
    Number(entries.get('offset') ?? 0),
    length === undefined ? null : Number(length),
  );
}

/**
 * A tensor's elements as real numbers, or null where its type is none.
 *
 * @throws InputError where the data contradict the shape.
 */
export function realValues(message: TensorMessage, readBeside: ReadBeside, file: string): RealValues | null {
  const type = realTypes.get(message.dataType);
  if (type === undefined) return null;
  const count = elementCount(message.dims);
  const raw = rawBytes(message, readBeside);
  const values =
    raw !== null
      ? (decodeTensor(type, message.dims, raw).data as RealValues)
      : type === 'F64'
        ? Float64Array.from(message.doubleData)
        : type === 'F32'
          ? Float32Array.from(message.floatData)
          : (decodeTensor(type, message.dims, bytesOf16(message.int32Data)).data as RealValues);
  if (count !== values.length) {
    throw new InputError({
      file,
      field: message.name,
      value: `${values.length} elements`,
      allowed: `${count}, as its shape [${message.dims}] says`,
    });
  }
  return values;
}

/** 16-bit floats that stand in a list of integers. */
function bytesOf16(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values).buffer);
}
