import { InputError } from '../errors/input-error.ts';

/** One file of a zip archive, as the archive's directory lists it. */
export interface ZipPlace {
  readonly name: string;
  /** 0 stored, 8 deflated; others are not read here. */
  readonly method: number;
  /** Bytes of the file as the directory claims, not to be relied on. */
  readonly size: number;
  /** Where its bytes lie in the archive, up to, not including, `to`; no two entries share any. */
  readonly from: number;
  readonly to: number;
}

/** The same with its bytes. */
export interface ZipEntry extends ZipPlace {
  readonly data: Uint8Array;
}

const signature = { local: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };
const signature64 = { locator: 0x07064b50, end: 0x06064b50 };
const length = { local: 30, directory: 46, end: 22, locator64: 20, end64: 56 };
const longestComment = 0xffff;
/** Stands in a 32-bit field where the number is in the entry's zip64 field instead. */
const elsewhere = 0xffffffff;

/**
 * The directory at the end of a zip archive (PKWARE's APPNOTE 6.3, zip64 included), and where each entry's bytes lie. Entries
 * that overlap are refused: a few bytes could be unzipped under thousands of names.
 *
 * @throws InputError where the archive is damaged or encrypted.
 */
export function readZipDirectory(bytes: Uint8Array, file?: string): ZipEntry[] {
  const source = {
    file,
    size: bytes.length,
    read: (start: number, length: number) => bytes.subarray(start, start + length),
  };
  return zipPlaces(source).map((place) => ({ ...place, data: bytes.subarray(place.from, place.to) }));
}

/**
 * The same of an archive that is not in memory: its end, its directory and the head of every entry are read.
 *
 * @throws InputError where the archive is damaged or encrypted.
 */
export function zipPlaces(source: ZipSource): ZipPlace[] {
  const archive = new ZipReader(source);
  const { count, start } = archive.end();
  const entries: ZipPlace[] = [];
  const ranges: { from: number; to: number }[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const { next, offset, compressed, ...entry } = archive.directoryEntry(at);
    const { from, to } = archive.dataOf(offset, compressed);
    entries.push({ ...entry, from, to });
    ranges.push({ from: offset, to });
    at = next;
  }
  ranges.sort((a, b) => a.from - b.from);
  if (ranges.some(({ from }, i) => i > 0 && from < ranges[i - 1].to)) archive.refuse('entries that overlap');
  return entries;
}

/** An archive's bytes, in memory or not. */
export interface ZipSource {
  readonly file?: string;
  readonly size: number;
  read(start: number, length: number): Uint8Array;
}

/** Directories and heads are short and stand together: so many bytes are read at a time. */
const windowBytes = 2 ** 16;
/** The longest thing looked at in one go, beside names. */
const longestLook = 256;

class ZipReader {
  readonly #source: ZipSource;
  readonly #size: number;
  #windowStart = 0;
  #window: DataView = new DataView(new ArrayBuffer(0));

  constructor(source: ZipSource) {
    this.#source = source;
    this.#size = source.size;
  }

  refuse(value: string): never {
    throw new InputError({
      file: this.#source.file,
      field: 'zip archive',
      value,
      allowed: 'an undamaged one',
    });
  }

  /** How many entries the directory has, and where it starts. */
  end(): { count: number; start: number } {
    const last = this.#size - length.end;
    let at = last;
    while (at >= 0 && at >= last - longestComment && !this.#isAt(at, signature.end)) at--;
    if (at < 0 || !this.#isAt(at, signature.end)) this.refuse('without an end record');
    const locator = at - length.locator64;
    const at64 = this.#isAt(locator, signature64.locator) ? this.#uint64(locator + 8) : -1;
    if (!this.#isAt(at64, signature64.end)) {
      return { count: this.#uint16(at + 10), start: this.#uint32(at + 16) };
    }
    this.#within(at64, length.end64);
    return { count: this.#uint64(at64 + 32), start: this.#uint64(at64 + 48) };
  }

  directoryEntry(
    at: number,
  ): Pick<ZipPlace, 'name' | 'method' | 'size'> & { next: number; offset: number; compressed: number } {
    if (!this.#isAt(at, signature.directory)) this.refuse(`no directory entry at byte ${at}`);
    this.#within(at, length.directory);
    const flags = this.#uint16(at + 8);
    if ((flags & 1) !== 0) this.refuse('an encrypted entry');
    const name = at + length.directory;
    const extra = name + this.#uint16(at + 28);
    const comment = extra + this.#uint16(at + 30);
    this.#within(name, comment - name);
    const [size, compressed, offset] = this.#wide(
      [this.#uint32(at + 24), this.#uint32(at + 20), this.#uint32(at + 42)],
      extra,
      comment,
    );
    const encoding = (flags & 0x800) === 0 ? 'latin1' : 'utf-8';
    return {
      name: new TextDecoder(encoding).decode(this.#source.read(name, extra - name)),
      method: this.#uint16(at + 10),
      size,
      next: comment + this.#uint16(at + 32),
      offset,
      compressed,
    };
  }

  /** The range of an entry's data, behind its local header; name and extra field may be longer there. */
  dataOf(offset: number, compressed: number): { from: number; to: number } {
    if (!this.#isAt(offset, signature.local)) this.refuse(`no entry at byte ${offset}`);
    this.#within(offset, length.local);
    const from = offset + length.local + this.#uint16(offset + 26) + this.#uint16(offset + 28);
    this.#within(from, compressed);
    return { from, to: from + compressed };
  }

  /** The numbers, those that did not fit in 32 bits from the zip64 field among the extra fields. */
  #wide(numbers: readonly number[], start: number, end: number): number[] {
    if (!numbers.includes(elsewhere)) return [...numbers];
    for (let at = start; at + 4 <= end; at += 4 + this.#uint16(at + 2)) {
      if (this.#uint16(at) !== 1) continue;
      let next = at + 4;
      return numbers.map((number) => {
        if (number !== elsewhere) return number;
        this.#within(next, 8);
        next += 8;
        return this.#uint64(next - 8);
      });
    }
    return this.refuse('an entry without its zip64 sizes');
  }

  #isAt(at: number, wanted: number): boolean {
    return at >= 0 && at + 4 <= this.#size && this.#uint32(at) === wanted;
  }

  #within(start: number, size: number): void {
    if (!(start >= 0 && size >= 0 && start + size <= this.#size)) this.refuse('cut short');
  }

  /** A view of the bytes around `at`, and where it stands in it. */
  #look(at: number, length: number): number {
    const offset = at - this.#windowStart;
    if (offset >= 0 && offset + length <= this.#window.byteLength) return offset;
    if (at < 0 || at + length > this.#size) this.refuse('cut short');
    // The end is searched backwards, the rest is read forwards.
    const start = Math.max(0, Math.min(at - longestLook, this.#size - windowBytes));
    const bytes = this.#source.read(start, Math.min(windowBytes, this.#size - start));
    this.#windowStart = start;
    this.#window = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return at - start;
  }

  #uint16 = (at: number): number => {
    const offset = this.#look(at, 2);
    return this.#window.getUint16(offset, true);
  };
  #uint32 = (at: number): number => {
    const offset = this.#look(at, 4);
    return this.#window.getUint32(offset, true);
  };
  #uint64 = (at: number): number => {
    const offset = this.#look(at, 8);
    return Number(this.#window.getBigUint64(offset, true));
  };
}
