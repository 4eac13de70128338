import { InputError } from '../errors/input-error.ts';

/** One field of a message as it stands there: what it means is up to the reader. */
export interface ProtobufField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 a length and so many bytes, 5 four bytes. */
  readonly wire: 0 | 1 | 2 | 5;
  /** Of a varint; integers beyond 2^53 are rounded. */
  readonly integer: number;
  /** Of the other kinds: the bytes themselves. */
  readonly bytes: Uint8Array;
}

const none = new Uint8Array(0);

/**
 * The fields of a protobuf message, without its schema (https://protobuf.dev/programming-guides/encoding).
 *
 * @throws InputError where the message is cut short or holds another kind of field.
 */
export function* protobufFields(bytes: Uint8Array, file: string): Generator<ProtobufField> {
  let at = 0;
  const refuse = (): never => {
    throw new InputError({ file, field: 'record', value: `byte ${at}`, allowed: 'a whole protobuf message' });
  };
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.length) refuse();
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return refuse();
  };
  const take = (length: number): Uint8Array => {
    if (!(length <= bytes.length - at)) refuse();
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield { number, wire, integer: varint(), bytes: none };
    else if (wire === 1) yield { number, wire, integer: Number.NaN, bytes: take(8) };
    else if (wire === 2) yield { number, wire, integer: Number.NaN, bytes: take(varint()) };
    else if (wire === 5) yield { number, wire, integer: Number.NaN, bytes: take(4) };
    else refuse();
  }
}

export function float32(bytes: Uint8Array, at = 0): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat32(at, true);
}

export function float64(bytes: Uint8Array, at = 0): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat64(at, true);
}

export function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
