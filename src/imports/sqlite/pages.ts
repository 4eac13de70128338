import { InputError } from '../../errors/input-error.ts';

const magic = 'SQLite format 3\0';
const walMagic = [0x377f0682, 0x377f0683];
const walHeader = 32;
const frameHeader = 24;

/** The pages of a database (https://sqlite.org/fileformat2.html), those of its write-ahead log before those of the file. */
export class SqlitePages {
  readonly pageSize: number;
  /** Bytes of a page that its content may take. */
  readonly usable: number;
  readonly #bytes: Uint8Array;
  readonly #newer: ReadonlyMap<number, Uint8Array>;
  readonly #file: string;

  /** @param wal content of the file that ends in `-wal`; null where there is none. */
  constructor(bytes: Uint8Array, wal: Uint8Array | null, file: string) {
    this.#file = file;
    this.#bytes = bytes;
    if (new TextDecoder('latin1').decode(bytes.subarray(0, magic.length)) !== magic)
      this.refuse('first bytes', magic);
    const view = viewOf(bytes);
    const size = view.getUint16(16);
    this.pageSize = size === 1 ? 65536 : size;
    if (!(this.pageSize >= 512 && Number.isInteger(Math.log2(this.pageSize))))
      this.refuse('page size', String(size));
    this.usable = this.pageSize - bytes[20];
    const encoding = view.getUint32(56);
    if (encoding > 1) this.refuse('text encoding', `${encoding}, not UTF-8`);
    this.#newer = wal === null ? new Map() : committedPages(wal, this.pageSize);
  }

  /** A page, from 1. */
  page(number: number): Uint8Array {
    const newer = this.#newer.get(number);
    if (newer !== undefined) return newer;
    const start = (number - 1) * this.pageSize;
    if (!(number >= 1 && start + this.pageSize <= this.#bytes.length)) this.refuse('page', String(number));
    return this.#bytes.subarray(start, start + this.pageSize);
  }

  refuse(field: string, value: string): never {
    throw new InputError({
      file: this.#file,
      field: `SQLite ${field}`,
      value,
      allowed: 'an undamaged database',
    });
  }
}

/** Pages of the transactions that were committed to the log: what follows the last commit is left out, as SQLite does. */
function committedPages(wal: Uint8Array, pageSize: number): Map<number, Uint8Array> {
  const pages = new Map<number, Uint8Array>();
  const view = viewOf(wal);
  if (wal.length < walHeader || !walMagic.includes(view.getUint32(0)) || view.getUint32(8) !== pageSize)
    return pages;
  const littleEndian = view.getUint32(0) === walMagic[0];
  const salts = [view.getUint32(16), view.getUint32(20)];
  const open = new Map<number, Uint8Array>();
  let sums = checksum(view, 0, 24, [0, 0], littleEndian);
  for (let at = walHeader; at + frameHeader + pageSize <= wal.length; at += frameHeader + pageSize) {
    if (view.getUint32(at + 8) !== salts[0] || view.getUint32(at + 12) !== salts[1]) break;
    sums = checksum(view, at, 8, sums, littleEndian);
    sums = checksum(view, at + frameHeader, pageSize, sums, littleEndian);
    if (sums[0] !== view.getUint32(at + 16) || sums[1] !== view.getUint32(at + 20)) break;
    open.set(view.getUint32(at), wal.subarray(at + frameHeader, at + frameHeader + pageSize));
    if (view.getUint32(at + 4) === 0) continue;
    for (const [number, page] of open) pages.set(number, page);
    open.clear();
  }
  return pages;
}

function checksum(
  view: DataView,
  start: number,
  length: number,
  [first, second]: readonly [number, number],
  littleEndian: boolean,
): [number, number] {
  let [a, b] = [first, second];
  for (let at = start; at < start + length; at += 8) {
    a = (a + view.getUint32(at, littleEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, littleEndian) + a) >>> 0;
  }
  return [a, b];
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
