import type { SqlitePages } from './pages.ts';
import { viewOf } from './pages.ts';

export type SqliteValue = null | number | string | Uint8Array;

/** One row of a table, as it is stored: columns that were added later may be absent. */
export interface SqliteRow {
  readonly rowid: number;
  readonly values: readonly SqliteValue[];
}

const interior = 5;
const leaf = 13;
const deepest = 40;

/**
 * The rows of a table b-tree, in the order of their rowids.
 *
 * @param root page of its root.
 * @throws InputError where a page is damaged or stands in two places.
 */
export function* sqliteRows(
  pages: SqlitePages,
  root: number,
  depth = 0,
  seen = new Set<number>(),
): Generator<SqliteRow> {
  if (depth > deepest || seen.has(root)) pages.refuse('page', `${root}, in a circle`);
  seen.add(root);
  const page = pages.page(root);
  const view = viewOf(page);
  const start = root === 1 ? 100 : 0;
  const type = page[start];
  if (type !== interior && type !== leaf) pages.refuse('page', `${root} of type ${type}`);
  const cells = view.getUint16(start + 3);
  const pointers = start + (type === interior ? 12 : 8);
  if (pointers + 2 * cells > page.length) pages.refuse('page', `${root} of ${cells} cells`);
  for (let c = 0; c < cells; c++) {
    const at = view.getUint16(pointers + 2 * c);
    if (at + 4 > page.length) pages.refuse('cell', String(at));
    if (type === interior) yield* sqliteRows(pages, view.getUint32(at), depth + 1, seen);
    else yield rowAt(pages, page, at);
  }
  if (type === interior) yield* sqliteRows(pages, view.getUint32(start + 8), depth + 1, seen);
}

function rowAt(pages: SqlitePages, page: Uint8Array, at: number): SqliteRow {
  const [length, afterLength] = varint(pages, page, at);
  const [rowid, content] = varint(pages, page, afterLength);
  return { rowid, values: valuesOf(pages, payload(pages, page, content, length)) };
}

/** A record that is too long for its page goes on in a chain of overflow pages. */
function payload(pages: SqlitePages, page: Uint8Array, start: number, length: number): Uint8Array {
  const { usable } = pages;
  const most = usable - 35;
  if (length <= most) {
    if (start + length > page.length) pages.refuse('record', `${length} bytes`);
    return page.subarray(start, start + length);
  }
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  const parts: Uint8Array[] = [page.subarray(start, start + local)];
  if (start + local + 4 > page.length) pages.refuse('record', `${length} bytes`);
  let next = viewOf(page).getUint32(start + local);
  let rest = length - local;
  const seen = new Set<number>();
  while (rest > 0) {
    if (seen.has(next)) pages.refuse('overflow page', String(next));
    seen.add(next);
    const overflow = pages.page(next);
    parts.push(overflow.subarray(4, 4 + Math.min(rest, usable - 4)));
    rest -= usable - 4;
    next = viewOf(overflow).getUint32(0);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const integerSizes = [0, 1, 2, 3, 4, 6, 8];

function valuesOf(pages: SqlitePages, record: Uint8Array): SqliteValue[] {
  const [headerLength, first] = varint(pages, record, 0);
  const values: SqliteValue[] = [];
  let at = headerLength;
  for (let header = first; header < headerLength; ) {
    const [type, next] = varint(pages, record, header);
    header = next;
    const size = type >= 12 ? Math.floor((type - 12) / 2) : type === 7 ? 8 : (integerSizes[type] ?? 0);
    if (at + size > record.length) pages.refuse('record', 'cut short');
    values.push(decodedValue(pages, type, record.subarray(at, at + size)));
    at += size;
  }
  return values;
}

function decodedValue(pages: SqlitePages, type: number, bytes: Uint8Array): SqliteValue {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return viewOf(bytes).getFloat64(0);
  if (type === 6) return Number(viewOf(bytes).getBigInt64(0));
  if (type < 6) {
    let value = bytes[0] >= 0x80 ? -1 : 0;
    for (const byte of bytes) value = value * 256 + byte;
    return value;
  }
  if (type < 12) pages.refuse('value', `of type ${type}`);
  return type % 2 === 0 ? bytes : new TextDecoder().decode(bytes);
}

/** A big-endian varint of up to nine bytes, and where the next byte is. */
function varint(pages: SqlitePages, bytes: Uint8Array, start: number): [number, number] {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    if (start + i >= bytes.length) pages.refuse('number', 'cut short');
    const byte = bytes[start + i];
    if (i === 8) return [value * 256 + byte, start + 9];
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, start + i + 1];
  }
  return [value, start + 9];
}
