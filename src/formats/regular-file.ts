import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { decodeUtf8 } from './utf8.ts';

export interface FileBounds {
  /** Bytes; a larger file is refused before it is read. */
  readonly most: number;
  /** What should be there, for the message, e.g. `a study file that exists`. */
  readonly allowed: string;
}

/**
 * The bytes of a file that a path or a folder of somebody else's names. Devices and pipes are refused: their size says
 * nothing, and some have no end.
 *
 * @throws InputError where there is no such file, or it is larger than `most`.
 */
export function readRegularFile(path: string, { most, allowed }: FileBounds): Uint8Array {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new InputError({ file: path, allowed });
  if (found.size > most) {
    throw new InputError({
      file: path,
      field: 'file length',
      value: `${found.size} bytes`,
      allowed: `at most ${most} bytes`,
    });
  }
  return readFileSync(path);
}

/** The same as text. @throws InputError also where it is not UTF-8. */
export function readTextFile(path: string, bounds: FileBounds): string {
  return decodeUtf8(readRegularFile(path, bounds), path);
}
