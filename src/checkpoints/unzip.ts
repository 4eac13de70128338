import { InputError } from '../errors/input-error.ts';
import { inflateRaw } from '../formats/inflate.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** Far above every checkpoint that is read here; an archive that grows beyond it is a bomb. */
const mostBytes = 2 ** 31;

/**
 * The files of a zip archive by name, folders left out. Files that were only stored are views of `bytes`. What an entry
 * claims is never allocated: memory is taken for what is really in it.
 *
 * @param limit most bytes that all files together may take when unzipped.
 * @throws InputError where the archive is damaged, or grows beyond the limit.
 */
export function unzip(bytes: Uint8Array, file?: string, limit = mostBytes): Map<string, Uint8Array> {
  const entries = readZipDirectory(bytes, file);
  const claimed = entries.reduce((sum, { size }) => sum + size, 0);
  if (!(claimed <= limit)) {
    throw new InputError({ file, field: 'unzipped size', value: claimed, allowed: `at most ${limit} bytes` });
  }
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const { name } = entry;
    if (files.has(name)) {
      throw new InputError({ file, field: 'zip entry', value: name, allowed: 'one name for each entry' });
    }
    if (!name.endsWith('/')) files.set(name, contentOf(entry, file));
  }
  return files;
}

function contentOf({ name, method, size, data }: ZipEntry, file?: string): Uint8Array {
  const field = `zip entry ${name}`;
  if (method !== 0 && method !== 8) {
    throw new InputError({ file, field, value: `compression ${method}`, allowed: 'stored or deflated' });
  }
  const content = method === 0 ? data : inflateRaw(data, { file, field, limit: size });
  if (content.length !== size) {
    throw new InputError({ file, field, value: `${content.length} bytes`, allowed: `${size} bytes` });
  }
  return content;
}
