import { float32, float64, type ProtobufField, protobufFields, utf8 } from '../protobuf-fields.ts';
import { tfRecords } from './tf-records.ts';

/** A scalar that was logged. */
export interface ScalarEvent {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

/** What an event file holds of scalars. */
export interface EventFile {
  readonly scalars: readonly ScalarEvent[];
  /** First wall time of the file, in seconds: files of one run follow one another by it. NaN for none. */
  readonly began: number;
  /** Tags that are no scalars: histograms, images, texts. */
  readonly others: ReadonlySet<string>;
  /** Where a last record is cut short; null for a file that is whole. */
  readonly tornAt: number | null;
}

/** Fields of the messages, by their numbers in tensorboard/compat/proto: event.proto, summary.proto, tensor.proto. */
const event = { wallTime: 1, step: 2, summary: 5 };
const summary = { value: 1 };
const summaryValue = { tag: 1, simpleValue: 2, tensor: 8, metadata: 9 };
const tensor = { type: 1, shape: 2, content: 4, half: 13, float: 5, double: 6, int: 7, int64: 10 };
const types = { float: 1, double: 2, int32: 3, int64: 9 };

/**
 * Reads a TensorBoard event file: scalars as `simple_value`, as PyTorch and tensorboardX write them, and as tensors of one number,
 * as TensorFlow 2 does.
 *
 * @throws InputError where a checksum does not fit, or a message is damaged.
 */
export function readEventFile(bytes: Uint8Array, file: string): EventFile {
  const scalars: ScalarEvent[] = [];
  const others = new Set<string>();
  let began = Number.NaN;
  let tornAt: number | null = null;
  const records = tfRecords(bytes, file, (at) => {
    tornAt = at;
  });
  for (const record of records) {
    let step = 0;
    const values: Uint8Array[] = [];
    for (const field of protobufFields(record, file)) {
      if (field.number === event.wallTime && field.wire === 1 && Number.isNaN(began))
        began = float64(field.bytes);
      else if (field.number === event.step && field.wire === 0) step = field.integer;
      else if (field.number === event.summary && field.wire === 2)
        values.push(...valuesOf(field.bytes, file));
    }
    for (const value of values) {
      const { tag, scalar } = readValue(value, file);
      if (scalar === null) others.add(tag);
      else scalars.push({ tag, step, value: scalar });
    }
  }
  return { scalars, began, others, tornAt };
}

function* valuesOf(bytes: Uint8Array, file: string): Generator<Uint8Array> {
  for (const field of protobufFields(bytes, file)) {
    if (field.number === summary.value && field.wire === 2) yield field.bytes;
  }
}

function readValue(
  bytes: Uint8Array,
  file: string,
): { readonly tag: string; readonly scalar: number | null } {
  let tag = '';
  let scalar: number | null = null;
  for (const field of protobufFields(bytes, file)) {
    if (field.number === summaryValue.tag && field.wire === 2) tag = utf8(field.bytes);
    else if (field.number === summaryValue.simpleValue && field.wire === 5) scalar = float32(field.bytes);
    else if (field.number === summaryValue.tensor && field.wire === 2) scalar = scalarOf(field.bytes, file);
  }
  return { tag, scalar };
}

/** The number of a tensor of one; null for any other tensor. */
function scalarOf(bytes: Uint8Array, file: string): number | null {
  let type = 0;
  let number: number | null = null;
  let content: Uint8Array | null = null;
  for (const field of protobufFields(bytes, file)) {
    if (field.number === tensor.type) type = field.integer;
    // A scalar has no axes; histograms and images have.
    else if (field.number === tensor.shape && hasAxes(field, file)) return null;
    else if (field.number === tensor.content && field.wire === 2) content = field.bytes;
    else if (field.number === tensor.float) number = packed(field, 4, float32);
    else if (field.number === tensor.double) number = packed(field, 8, float64);
    else if (field.number === tensor.int || field.number === tensor.int64) number = firstInteger(field, file);
  }
  if (content === null || content.length === 0) return number;
  if (type === types.float && content.length === 4) return float32(content);
  if (type === types.double && content.length === 8) return float64(content);
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  if (type === types.int32 && content.length === 4) return view.getInt32(0, true);
  if (type === types.int64 && content.length === 8) return Number(view.getBigInt64(0, true));
  return null;
}

function hasAxes({ wire, bytes }: ProtobufField, file: string): boolean {
  if (wire !== 2) return false;
  for (const { number } of protobufFields(bytes, file)) if (number === 2) return true;
  return false;
}

function packed({ bytes }: ProtobufField, size: number, read: (bytes: Uint8Array) => number): number | null {
  return bytes.length === size ? read(bytes) : null;
}

function firstInteger({ wire, integer, bytes }: ProtobufField, file: string): number | null {
  if (wire === 0) return integer;
  // Packed: a run of varints, of which there is one; read as the varint of a field by itself.
  const [field] = protobufFields(Uint8Array.of(0x08, ...bytes.subarray(0, 10)), file);
  return field?.integer ?? null;
}
