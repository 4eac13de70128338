import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, lstatSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isFileFault } from './is-file-fault.ts';

/**
 * Milliseconds after which nobody is writing a file any more that was not written to: a week. Writing one takes minutes at most, but a process may be
 * stopped in the middle of it, and go on: a laptop over the weekend, a task that its cluster has suspended.
 */
export const staleAfter = 7 * 24 * 60 * 60 * 1000;

const ownName = /\.rankscope-[\da-f]{16}\.tmp$/;

/** A name beside a file for what will take its place: drawn, and told from whatever others may have put into that folder. */
export function temporaryName(path: string): string {
  return `${path}.rankscope-${randomBytes(8).toString('hex')}.tmp`;
}

/** Folders that this thread has looked through: one of ten thousand files is not listed for every one that is written. */
const swept = new Set<string>();

/**
 * Removes what processes that were killed were writing in a folder (not in those below it); once, whoever asks again. A file stays that a process of
 * whatever machine may still be writing, and where it cannot be removed.
 *
 * @param now the time in milliseconds by the clock of that file system, which every machine that shares it has in common.
 */
export function sweepStale(folder: string, now: (folder: string) => number = clockOf): void {
  const place = resolve(folder);
  if (swept.has(place)) return;
  swept.add(place);
  unlessFault(() => {
    const left = existsSync(place) ? readdirSync(place).filter((name) => ownName.test(name)) : [];
    if (left.length === 0) return;
    const latest = now(place) - staleAfter;
    for (const name of left) unlessFault(() => removeOlder(join(place, name), latest));
  });
}

function removeOlder(path: string, latest: number): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.mtimeMs < latest) rmSync(path, { force: true });
}

/** By a file that is made for it. */
function clockOf(folder: string): number {
  const path = temporaryName(join(folder, 'clock'));
  const file = openSync(path, 'wx');
  try {
    return fstatSync(file).mtimeMs;
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}

/** What cannot be listed or removed is left: whoever writes there has something better to do. */
function unlessFault(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!isFileFault(error)) throw error;
  }
}
