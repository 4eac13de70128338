import { randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';

/** A file that is being written, and will get the name of another. */
export interface TemporaryFile {
  readonly temporary: string;
  /** Its descriptor, open for writing. */
  readonly file: number;
}

/**
 * A new file beside another, whose place it is to take. Its name is drawn: threads and processes, of other machines too, may write the same file
 * at once, and nobody can have laid a link to elsewhere under it.
 *
 * @param mode who may read and write it; as the user's other files if absent.
 */
export function openTemporary(path: string, mode?: number): TemporaryFile {
  const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  return { temporary, file: openSync(temporary, 'wx', mode) };
}
