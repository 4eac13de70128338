import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those that lead to it, as far as they are not there.
 *
 * @throws the operating system's own fault: of a disk that can only be read Node says that the folder is not there.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw readOnlyFault(firstAbsent(resolve(path))) ?? error;
  }
}

/** What the operating system says of a folder to be made, if that is that the disk can only be read. */
function readOnlyFault(path: string): unknown {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EROFS') return error;
  }
  return null;
}

/** The outermost folder on the way to `path` that is not there. */
function firstAbsent(path: string): string {
  const parent = dirname(path);
  return parent === path || existsSync(parent) ? path : firstAbsent(parent);
}
