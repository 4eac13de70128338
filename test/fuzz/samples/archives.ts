import { constants, inflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { edit, joined, type Mutation, pick } from '../mutations.ts';
import { dict, pickle, tensor } from './pickles.ts';

type Files = Readonly<Record<string, Uint8Array>>;

export const stored = (files: Files): Uint8Array => zipSync({ ...files }, { level: 0 });
export const deflated = (files: Files): Uint8Array => zipSync({ ...files }, { level: 9 });

/** The same archive with the end records of zip64, which PyTorch always writes. */
export function withZip64(archive: Uint8Array): Uint8Array {
  const end = archive.subarray(archive.length - 22);
  const view = new DataView(end.buffer, end.byteOffset);
  const record = new DataView(new ArrayBuffer(76));
  record.setUint32(0, 0x06064b50, true);
  record.setBigUint64(4, 44n, true);
  record.setBigUint64(24, BigInt(view.getUint16(8, true)), true);
  record.setBigUint64(32, BigInt(view.getUint16(10, true)), true);
  record.setBigUint64(40, BigInt(view.getUint32(12, true)), true);
  record.setBigUint64(48, BigInt(view.getUint32(16, true)), true);
  record.setUint32(56, 0x07064b50, true);
  record.setBigUint64(64, BigInt(archive.length - 22), true);
  record.setUint32(72, 1, true);
  return joined(archive.subarray(0, -22), new Uint8Array(record.buffer), end);
}

const floats = (count: number): Uint8Array =>
  new Uint8Array(Float32Array.from({ length: count }, (_, i) => i / 7).buffer);

/** Checkpoints as torch.save writes them. */
export function torchArchives(): Uint8Array[] {
  const weights = { type: 'FloatStorage', key: '0', count: 24 };
  const halves = { type: 'HalfStorage', key: '1', count: 48 };
  const data = pickle(
    dict({
      weight: tensor(weights, 0, [4, 6], [6, 1]),
      transposed: tensor(weights, 0, [6, 4], [1, 6]),
      row: tensor(weights, 6, [6], [1]),
      half: tensor(halves, 0, [48], [1]),
      empty: tensor(weights, 0, [0, 4], [4, 1]),
    }),
  );
  const files = {
    'a/data.pkl': data,
    'a/byteorder': new TextEncoder().encode('little'),
    'a/data/0': floats(24),
    'a/data/1': floats(24),
  };
  return [stored(files), withZip64(stored(files)), deflated(files)];
}

/** Archives of plain files: stored, deflated, empty, with a folder. */
export function zips(): Uint8Array[] {
  const files = {
    'a/zeros': new Uint8Array(3000),
    'a/b': floats(5),
    'folder/': new Uint8Array(0),
    e: new Uint8Array(0),
  };
  return [stored(files), deflated(files), withZip64(deflated(files))];
}

/** The fields of a directory that promise something: sizes, counts, offsets, lengths of names. */
export const zipMutations: readonly Mutation[] = [
  edit((bytes, random) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const records = recordsOf(bytes);
    if (records.length === 0) return;
    const { at, fields } = pick(records, random);
    const [offset, width] = pick(fields, random);
    if (at + offset + width > bytes.length) return;
    const value = pick(
      [0, 1, 8, 0xffff, bytes.length, 2 ** 20, 2 ** 30, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 32 - 2],
      random,
    );
    if (width === 2) view.setUint16(at + offset, value, true);
    else if (width === 4) view.setUint32(at + offset, value, true);
    else view.setBigUint64(at + offset, BigInt(value) << BigInt(16 * random.integer(3)), true);
  }),
];

const layouts: readonly {
  readonly signature: number;
  readonly fields: readonly (readonly [number, number])[];
}[] = [
  {
    signature: 0x04034b50,
    fields: [
      [8, 2],
      [18, 4],
      [22, 4],
      [26, 2],
      [28, 2],
    ],
  },
  {
    signature: 0x02014b50,
    fields: [
      [8, 2],
      [10, 2],
      [20, 4],
      [24, 4],
      [28, 2],
      [30, 2],
      [32, 2],
      [42, 4],
    ],
  },
  {
    signature: 0x06054b50,
    fields: [
      [8, 2],
      [10, 2],
      [12, 4],
      [16, 4],
      [20, 2],
    ],
  },
  {
    signature: 0x06064b50,
    fields: [
      [24, 8],
      [32, 8],
      [40, 8],
      [48, 8],
    ],
  },
  { signature: 0x07064b50, fields: [[8, 8]] },
];

function recordsOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: { at: number; fields: (typeof layouts)[number]['fields'] }[] = [];
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const layout = layouts.find(({ signature }) => view.getUint32(at, true) === signature);
    if (layout !== undefined) found.push({ at, fields: layout.fields });
  }
  return found;
}

/** More than any case comes to; the reference must not be a bomb's victim either. */
const mostReference = 2 ** 27;

/** Bytes that are really in an archive: each entry inflated by the platform, whatever the directory says of it. */
export function inflatedBytes(bytes: Uint8Array): number {
  let sum = bytes.length;
  for (const { at } of recordsOf(bytes)) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) continue;
    const data = bytes.subarray(at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true));
    sum += lengthOf(() =>
      inflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostReference }),
    );
  }
  return sum;
}

/** The same of a gzip file, member by member, whether or not their checksums are right. */
export function gunzippedBytes(bytes: Uint8Array): number {
  let sum = bytes.length;
  for (let at = 0; at + 10 < bytes.length && bytes[at] === 0x1f && bytes[at + 1] === 0x8b; ) {
    const data = bytes.subarray(afterGzipHeader(bytes, at));
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostReference, info: true };
      const { buffer, engine } = inflateRawSync(data, options) as unknown as {
        buffer: Uint8Array;
        engine: { bytesWritten: number };
      };
      sum += buffer.length;
      at = bytes.length - data.length + engine.bytesWritten + 8;
    } catch {
      break;
    }
  }
  return sum;
}

/** RFC 1952, 2.3: an extra field, a name, a comment and a checksum may follow the ten fixed bytes. */
function afterGzipHeader(bytes: Uint8Array, start: number): number {
  const flags = bytes[start + 3];
  let at = start + 10;
  if (flags & 4) at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  for (const text of [8, 16]) if (flags & text) at = Math.max(at, bytes.indexOf(0, at)) + 1;
  return flags & 2 ? at + 2 : at;
}

function lengthOf(inflate: () => Uint8Array): number {
  try {
    return inflate().length;
  } catch {
    return 0;
  }
}
