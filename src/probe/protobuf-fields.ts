import { InputError } from '../errors/input-error.ts';

/** A field of a protobuf message and where it stands: bytes are moved whole, so that nothing unknown is lost. */
export interface ProtobufField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  readonly wire: number;
  /** Of its tag. */
  readonly start: number;
  /** Of its content. */
  readonly from: number;
  readonly end: number;
}

/**
 * The fields of a message (Protocol Buffers wire format).
 *
 * @param start,end where the message stands in `bytes`.
 * @throws InputError where the bytes are no message.
 */
export function* fieldsOf(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
  file?: string,
): Generator<ProtobufField> {
  const refuse = (at: number): never => {
    throw new InputError({ file, field: `byte ${at}`, allowed: 'an undamaged ONNX model' });
  };
  const varint = (at: number): { value: number; next: number } => {
    let [value, scale] = [0, 1];
    for (let next = at; next < end && next < at + 10; next++) {
      value += (bytes[next] & 0x7f) * scale;
      scale *= 128;
      if (bytes[next] < 0x80) return { value, next: next + 1 };
    }
    return refuse(at);
  };
  for (let at = start; at < end; ) {
    const tag = varint(at);
    const wire = tag.value % 8;
    const number = Math.floor(tag.value / 8);
    let from = tag.next;
    let next: number;
    if (wire === 0) next = varint(from).next;
    else if (wire === 1) next = from + 8;
    else if (wire === 5) next = from + 4;
    else if (wire === 2) {
      const length = varint(from);
      from = length.next;
      next = from + length.value;
    } else next = refuse(at);
    if (number === 0 || !(next <= end)) refuse(at);
    yield { number, wire, start: at, from, end: next };
    at = next;
  }
}

/** The bytes of a varint. */
export function varintBytes(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varintBytes(Math.floor(value / 0x80))];
}

/** Tag and length of a length-delimited field. */
export function lengthPrefix(number: number, length: number): Uint8Array {
  return Uint8Array.from([...varintBytes(number * 8 + 2), ...varintBytes(length)]);
}
