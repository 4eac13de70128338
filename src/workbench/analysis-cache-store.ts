import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { DefaultDeserializer, type Deserializer, serialize } from 'node:v8';
import { hmacSha256 } from '../checksums/digest.ts';
import { InputError } from '../errors/input-error.ts';
import { MachineFault } from '../errors/machine-fault.ts';
import { isFileFault } from '../files/is-file-fault.ts';
import { openSource } from '../files/open-source.ts';
import { readBounded } from '../files/read-file.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { analysisCode, programReplaced } from './analysis-code-store.ts';
import { cacheKey } from './cache-key-store.ts';

/** What was found out before, and what it was found of. Nothing in it is needed: it may be deleted at any time. */
export interface AnalysisCache {
  /**
   * What was kept under this name, if it was found with this key; null otherwise, and where the file is not what was written.
   *
   * @param key all that the answer depends on, but for the program: what another has found is not taken over.
   */
  read<T>(name: string, key: object): T | null;
  /** Whether something says that it was kept under this name with this key. Whether it is what was written is seen when it is read. */
  claims(name: string, key: object): boolean;
  /** Keeps an answer under a name, instead of what was kept there before. */
  keep(name: string, key: object, answer: object): void;
  /** Where it lies; null where nothing is kept. */
  readonly folder: string | null;
  /** What was said where something could not be kept, here or by a thread; null where all could. Nothing is kept from then on. */
  readonly fault: Error | null;
  /** The same in words. */
  readonly trouble: string | null;
  /** Takes what somebody was told who could not keep something in this folder. */
  fail(fault: Error): void;
}

/** What every file of a cache begins with, followed by the seal of all that comes after it. */
const magic = 'rankscope-cache 2';
const newline = 0x0a;
/** Far above any real one; larger ones are not read. */
const largestEntry = 2 ** 28;

/** Keeps nothing. */
export const noCache: AnalysisCache = {
  read: () => null,
  claims: () => false,
  keep: () => {},
  folder: null,
  fault: null,
  trouble: null,
  fail: () => {},
};

/**
 * The cache of a study.
 *
 * @param asked folder where it lies; `cache` in the study if absent; false for one that keeps nothing.
 */
export function cacheOfStudy(directory: string, asked?: string | false): AnalysisCache {
  return asked === false ? noCache : openCache(asked ?? join(directory, 'cache'));
}

/**
 * A cache in a folder, which is made when something is kept. Each file names what it was found of, and is sealed with a secret of the user's:
 * one that is damaged, that somebody else wrote, or that is of anything else, is as good as none.
 *
 * @param key by which this user's files are told, or why there is none: then nothing is kept.
 * @example
 * const cache = openCache('my-study/cache');
 * cache.keep('runs/mine', { log: 'abc' }, { layers: 3 });
 * cache.read('runs/mine', { log: 'abc' }); // { layers: 3 }
 */
export function openCache(folder: string, key: Uint8Array | Error = cacheKey()): AnalysisCache {
  const secret = key instanceof Error ? null : key;
  let fault = key instanceof Error ? key : null;
  const fileOf = (name: string): string => join(folder, `${name}.bin`);
  /**
   * With the name: a file that was put in another's place is none of its. With the program's digest, which takes a while: not looked for before
   * something is. Null where that is not known.
   */
  const keyText = (name: string, key: object): string | null => {
    const code = analysisCode();
    if (code === null) fault ??= programReplaced();
    return code === null ? null : JSON.stringify({ name, ...key, code });
  };
  return {
    folder,
    read(name, key) {
      const text = secret === null ? null : keyText(name, key);
      return text === null ? null : readEntry(fileOf(name), text, secret!);
    },
    claims(name, key) {
      const text = secret === null ? null : keyText(name, key);
      return text !== null && namesKey(fileOf(name), text);
    },
    keep(name, key, answer) {
      const text = secret === null || fault !== null ? null : keyText(name, key);
      if (text === null) return;
      try {
        // Not on the disk for certain: what is lost is found again.
        writeAtomically(fileOf(name), entryOf(text, answer, secret!), { durable: false });
      } catch (error) {
        if (!isFileFault(error)) throw error;
        fault = error;
      }
    },
    get fault() {
      return fault;
    },
    get trouble() {
      if (fault === null) return null;
      const { message } = fault;
      return secret === null ? `the key of your caches can neither be read nor kept: ${message}` : message;
    },
    fail(told) {
      fault ??= told;
    },
  };
}

/** For those whose work is of no use where it is not kept. @throws what was said where something could not be. */
export function assertKept({ fault }: AnalysisCache): void {
  if (fault !== null) throw isFileFault(fault) ? fault : new MachineFault(fault.message);
}

/**
 * What was kept under this name with this key; where nothing was, what is found now, and kept.
 *
 * @example
 * const cache = openCache('my-study/cache');
 * keptOr(cache, 'sums/mine', { of: [1, 2] }, () => ({ sum: 3 })).sum; // 3
 */
export function keptOr<T extends object>(cache: AnalysisCache, name: string, key: object, find: () => T): T {
  const known = cache.read<T>(name, key);
  if (known !== null) return known;
  const found = find();
  cache.keep(name, key, found);
  return found;
}

function entryOf(key: string, answer: object, secret: Uint8Array): Uint8Array {
  const content = Buffer.concat([Buffer.from(`${key}\n`), serialize(answer)]);
  return Buffer.concat([Buffer.from(`${headOf(content, secret)}\n`), content]);
}

function headOf(content: Uint8Array, secret: Uint8Array): string {
  return `${magic} ${hmacSha256(secret, content)}`;
}

function readEntry<T>(file: string, key: string, secret: Uint8Array): T | null {
  const bytes = readIfThere(file);
  const head = bytes?.indexOf(newline) ?? -1;
  if (bytes === null || head < 0) return null;
  const content = bytes.subarray(head + 1);
  // Before anything of it is taken apart.
  const wanted = Buffer.from(headOf(content, secret));
  if (head !== wanted.length || !timingSafeEqual(bytes.subarray(0, head), wanted)) return null;
  const end = content.indexOf(newline);
  if (end < 0 || content.toString('utf8', 0, end) !== key) return null;
  try {
    return new ReaderOfOwnArrays(content.subarray(end + 1)).read<T>();
  } catch {
    return null;
  }
}

/** Of Node, whose types have no word for the method by which it reads arrays. */
const NodesReader = DefaultDeserializer as unknown as new (
  bytes: Uint8Array,
) => Deserializer & { _readHostObject(): Float64Array };

/** Reads what `serialize` has written. Each array of numbers has memory of its own: by itself it would hold all bytes of the file, or some of others. */
class ReaderOfOwnArrays extends NodesReader {
  read<T>(): T {
    this.readHeader();
    return this.readValue();
  }

  override _readHostObject(): Float64Array {
    return super._readHostObject().slice();
  }
}

/** Characters before an entry's key: its name and seal, and the end of their line. */
const headLength = headOf(new Uint8Array(), new Uint8Array()).length + 1;

function namesKey(file: string, key: string): boolean {
  const wanted = Buffer.from(`\n${key}\n`);
  // Not by opening it: what was brought along may be a pipe, which nobody ever writes to.
  const found = ifThere(() => openSource(file).read(headLength - 1, wanted.length));
  return found !== null && wanted.equals(found);
}

function readIfThere(file: string): Buffer | null {
  const bytes = ifThere(() => readBounded(file, largestEntry));
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError || isFileFault(error)) return null;
    throw error;
  }
}
