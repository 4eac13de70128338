import { fstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { isFileFault } from './is-file-fault.ts';
import { sweepStale, temporaryName } from './stale-temporaries.ts';

/** A file that is being written, and will get the name of another. */
export interface TemporaryFile {
  readonly temporary: string;
  /** Its descriptor, open for writing. */
  readonly file: number;
}

/**
 * A new file beside another, whose place it is to take. Its name is drawn: threads and processes, of other machines too, may write the same file
 * at once, and nobody can have laid a link to elsewhere under it. What was left of such files in that folder long ago is removed; by the main thread
 * alone, so that threads do not all look for it.
 *
 * @param mode who may read and write it; as the user's other files if absent.
 * @throws the operating system's fault, of the file whose place it was to take.
 */
export function openTemporary(path: string, mode?: number): TemporaryFile {
  const temporary = temporaryName(path);
  const file = openNew(temporary, path, mode);
  if (isMainThread) sweepStale(dirname(path), () => fstatSync(file).mtimeMs);
  return { temporary, file };
}

function openNew(temporary: string, path: string, mode?: number): number {
  try {
    return openSync(temporary, 'wx', mode);
  } catch (error) {
    if (isFileFault(error)) error.path = path;
    throw error;
  }
}
