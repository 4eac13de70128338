import { unzipSync } from 'fflate';
import { InputError } from '../errors/input-error.ts';

/** Far above every checkpoint that is read here; an archive that grows beyond it is a bomb. */
const mostBytes = 2 ** 31;

/**
 * The files of a zip archive by name, folders left out.
 *
 * @param limit most bytes that all files together may take when unzipped.
 * @throws InputError where the archive is damaged or grows beyond the limit.
 */
export function unzip(bytes: Uint8Array, file?: string, limit = mostBytes): Map<string, Uint8Array> {
  const sizes = new Map<string, number>();
  let total = 0;
  const promise = (name: string, size: number): boolean => {
    total += size;
    if (!(total <= limit))
      throw new InputError({ file, field: 'unzipped size', value: total, allowed: `at most ${limit} bytes` });
    if (sizes.has(name) || name === '__proto__')
      throw new InputError({ file, field: 'zip entry', value: name, allowed: 'one name for each entry' });
    sizes.set(name, size);
    return true;
  };
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter: ({ name, originalSize }) => promise(name, originalSize) });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      file,
      field: 'zip archive',
      value: (error as Error).message,
      allowed: 'an undamaged one',
    });
  }
  for (const [name, size] of sizes) {
    const { length } = entries[name];
    if (length !== size)
      throw new InputError({
        file,
        field: `zip entry ${name}`,
        value: `${length} bytes`,
        allowed: `${size} bytes`,
      });
  }
  return new Map(Object.entries(entries).filter(([name]) => !name.endsWith('/')));
}
