import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isFileFault } from './is-file-fault.ts';

/**
 * Whether a file or folder can be made at a path, as far as its folder tells: before long work whose results are to lie there.
 *
 * @throws the operating system's fault, of that path.
 */
export function assertWritable(path: string): void {
  try {
    accessSync(nearestFolder(resolve(path)), constants.W_OK | constants.X_OK);
  } catch (error) {
    if (isFileFault(error)) error.path = path;
    throw error;
  }
}

/** The path itself, if it is a folder, or the innermost folder on the way to it that is there. */
function nearestFolder(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder || path === dirname(path) ? path : nearestFolder(dirname(path));
}
