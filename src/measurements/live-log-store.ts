import { statSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { openSource } from '../files/open-source.ts';
import { readPieces } from '../files/read-file.ts';
import { logPath, named, readLogBytes } from './log-store.ts';
import { type LastSpectra, RunLogReader } from './run-log.ts';
import type { Run } from './types.ts';

/** A run that is under way. */
export interface FollowedRun {
  /**
   * The run as far as it is logged by now: only what was appended since the last call is read. The same object as last time
   * where nothing was.
   *
   * @throws InputError if there is no such log, or it is damaged.
   */
  read(): Run;
  /**
   * The spectra of the last measurement that has them, as of the last call of `read`; null where there are none.
   *
   * @throws InputError if the log is no longer what it was then.
   */
  lastSpectra(): LastSpectra | null;
}

/**
 * Follows a log that is being written.
 *
 * @example
 * const followed = followRun('study', 'mlp_narrow_mnist_seed0');
 * setInterval(() => console.log(followed.read().steps.at(-1)), 1000);
 */
export function followRun(directory: string, id: string): FollowedRun {
  const path = logPath(directory, id);
  const begin = () => new RunLogReader(path, () => readLogBytes(path));
  let reader = begin();
  let position = 0;
  let inode: number | null = null;
  let last: Run | null = null;
  const advance = (): Run => {
    const before = position;
    for (const piece of readPieces(path, position)) {
      reader.push(piece);
      position += piece.length;
    }
    if (last === null || position > before) last = named(id, path, reader.toRun());
    return last;
  };
  const restart = (): void => {
    reader = begin();
    position = 0;
    last = null;
  };
  return {
    read() {
      // A run that is gone on with after an interruption begins its log anew.
      const found = statSync(path, { throwIfNoEntry: false });
      const isSame = found !== undefined && found.ino === inode && found.size >= position;
      inode = found?.ino ?? null;
      if (!isSame || position === 0) {
        restart();
        return advance();
      }
      try {
        return advance();
      } catch (error) {
        last = null;
        if (!(error instanceof InputError)) throw error;
        restart();
        return advance();
      }
    },
    lastSpectra: () => reader.lastSpectra((start, end) => openSource(path).read(start, end - start)),
  };
}
