import { InputError } from '../errors/input-error.ts';
import { parseJson } from '../formats/json.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import {
  bytesPerElement,
  decodedBytes,
  decodeTensor,
  elementCount,
  holdsType,
  type StoredType,
  storedTypes,
  type Tensor,
} from './tensor.ts';

/** Named tensors with free text about them. */
export interface NamedTensors {
  readonly metadata: Record<string, string>;
  /** In the order of the header. */
  readonly tensors: Map<string, Tensor>;
}

/** The limit of the reference implementation; a longer header is an attack or damage. */
const longestHeader = 100_000_000;
const prefixBytes = 8;
/** The objects that stand for a tensor, beside its elements: an empty one takes 60 bytes of the header. */
const bytesPerTensor = 512;

/**
 * Reads a safetensors file: an 8-byte little-endian header length, a JSON header, and the elements of all tensors
 * without gaps (https://github.com/huggingface/safetensors#format). Float16 and bfloat16 are widened to float32.
 *
 * @param bytes the whole file.
 * @param file its name, for messages.
 * @throws InputError where the header is not as the format demands or contradicts the bytes that follow it.
 * @example
 * const { tensors } = readSafetensors(await readFile('weights.safetensors'), 'weights.safetensors');
 * tensors.get('fc.weight')!.shape; // [10, 3136]
 */
export function readSafetensors(bytes: Uint8Array, file?: string): NamedTensors {
  const { metadata, entries, start } = readSafetensorsHeader({
    file,
    size: bytes.length,
    read: (from, length) => bytes.subarray(from, from + length),
  });
  const elements = bytes.subarray(start);
  const budget = new MemoryBudget(bytes.length, file);
  for (const { type, shape } of entries) {
    budget.take(decodedBytes(type, elementCount(shape)!) + bytesPerTensor, 'tensors');
  }
  const tensors = new Map(
    entries.map(({ name, type, shape, begin, end }) => [
      name,
      decodeTensor(type, shape, elements.subarray(begin, end)),
    ]),
  );
  return { metadata, tensors };
}

/**
 * Writes a safetensors file. The same tensors and metadata give the same bytes, whatever order they come in: wider
 * element types first, then by name, as the reference implementation writes them, so that every tensor is aligned.
 *
 * @throws InputError where a tensor's shape or array type contradicts its data.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const ordered = [...tensors].sort(
    ([a, { dtype: p }], [b, { dtype: q }]) => bytesPerElement(q) - bytesPerElement(p) || compare(a, b),
  );
  const entries: [string, unknown][] = [];
  const texts = Object.entries(metadata).sort(([a], [b]) => compare(a, b));
  if (texts.length > 0) entries.push(['__metadata__', Object.fromEntries(texts)]);
  let offset = 0;
  for (const [name, tensor] of ordered) {
    checkTensor(name, tensor);
    const { dtype, shape, data } = tensor;
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const start = prefixBytes + Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(start + offset).fill(0x20, prefixBytes, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - prefixBytes), true);
  bytes.set(header, prefixBytes);
  let position = start;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/** What the beginning of a file says of the rest. */
export interface SafetensorsHeader {
  readonly metadata: Record<string, string>;
  /** In the order of the header. */
  readonly entries: readonly SafetensorsEntry[];
  /** Where the elements begin in the file: `begin` and `end` of an entry count from there. */
  readonly start: number;
}

/**
 * The header of a safetensors file, of which nothing else is read.
 *
 * @throws InputError where it is not as the format demands, or contradicts the size of the file.
 */
export function readSafetensorsHeader(source: {
  readonly file?: string;
  readonly size: number;
  read(start: number, length: number): Uint8Array;
}): SafetensorsHeader {
  const { file, size } = source;
  if (size < prefixBytes)
    throw new InputError({ file, field: 'file length', value: size, allowed: 'at least 8 bytes' });
  const prefix = source.read(0, prefixBytes);
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  const most = Math.min(size - prefixBytes, longestHeader);
  if (length > BigInt(most))
    throw new InputError({ file, field: 'header length', value: length, allowed: `at most ${most} bytes` });
  const start = prefixBytes + Number(length);
  const header = parseHeader(source.read(prefixBytes, Number(length)), file);
  const metadata = readMetadata(header.__metadata__, file);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readEntry(name, entry, size - start, file));
  checkRanges(entries, size - start, file);
  return { metadata, entries, start };
}

/** One tensor of the header; its elements are the bytes from `begin` up to, not including, `end`. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function parseHeader(bytes: Uint8Array, file?: string): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError({ file, field: 'header', allowed: 'JSON in UTF-8' });
  }
  const header = parseJson(text, { file, field: 'header', allowed: 'JSON in UTF-8' });
  if (!isObject(header)) throw new InputError({ file, field: 'header', allowed: 'a JSON object' });
  return header;
}

function readMetadata(value: unknown = {}, file?: string): Record<string, string> {
  const isText = isObject(value) && Object.values(value).every((text) => typeof text === 'string');
  if (!isText) throw new InputError({ file, field: '__metadata__', value, allowed: 'an object of strings' });
  return value as Record<string, string>;
}

function readEntry(name: string, entry: unknown, available: number, file?: string): SafetensorsEntry {
  const { dtype: type, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (!storedTypes.includes(type as StoredType))
    throw new InputError({ file, field: `${name}.dtype`, value: type, allowed: storedTypes.join(', ') });
  const count = Array.isArray(shape) ? elementCount(shape) : null;
  if (count === null)
    throw new InputError({
      file,
      field: `${name}.shape`,
      value: shape,
      allowed: 'a list of whole numbers >= 0',
    });
  const [begin, end] = Array.isArray(offsets) && offsets.length === 2 ? offsets : [];
  const inside =
    Number.isSafeInteger(begin) &&
    Number.isSafeInteger(end) &&
    0 <= begin &&
    begin <= end &&
    end <= available;
  if (!inside)
    throw new InputError({
      file,
      field: `${name}.data_offsets`,
      value: offsets,
      allowed: `[begin, end] with 0 <= begin <= end <= ${available}`,
    });
  const needed = count * bytesPerElement(type as StoredType);
  if (end - begin !== needed)
    throw new InputError({
      file,
      field: `${name}.data_offsets`,
      value: offsets,
      allowed: `${needed} bytes, as its shape [${shape}] and type ${type} need`,
    });
  return { name, type: type as StoredType, shape: shape as number[], begin, end };
}

/** The format forbids both overlaps and gaps, so that a file holds nothing but what its header names. */
function checkRanges(entries: readonly SafetensorsEntry[], available: number, file?: string): void {
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let reached = 0;
  for (const { name, begin, end } of sorted) {
    if (begin !== reached)
      throw new InputError({
        file,
        field: `${name}.data_offsets`,
        value: `[${begin}, ${end}]`,
        allowed: `a begin of ${reached}, where the tensor before it ends`,
      });
    reached = end;
  }
  if (reached !== available)
    throw new InputError({
      file,
      field: 'bytes after the header',
      value: available,
      allowed: `${reached}, the end of the last tensor`,
    });
}

function checkTensor(name: string, { dtype, shape, data }: Tensor): void {
  if (name === '__metadata__')
    throw new InputError({ field: 'tensor name', value: name, allowed: 'any name but __metadata__' });
  if (!holdsType(data, dtype))
    throw new InputError({
      field: `${name}.dtype`,
      value: dtype,
      allowed: `the type of its ${data.constructor.name}`,
    });
  if (elementCount(shape) !== data.length)
    throw new InputError({
      field: `${name}.shape`,
      value: `[${shape}]`,
      allowed: `a shape of ${data.length} elements, as its data have`,
    });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By code unit: independent of the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
