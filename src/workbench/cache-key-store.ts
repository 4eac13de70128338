import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { openTemporary } from '../files/open-temporary.ts';
import { withPath } from '../files/with-path.ts';

const keyLength = 32;

/**
 * A secret of the user who runs this program, made when it is first asked for: with it a cache tells what this user's analyses wrote
 * from what somebody else put there.
 *
 * @param folder where it lies; `rankscope` among the user's cached files if absent.
 * @returns what the operating system said, where it can neither be read nor kept.
 */
export function cacheKey(folder?: string): Uint8Array | Error {
  try {
    const file = join(folder ?? join(userCache(), 'rankscope'), 'cache-key');
    return readKey(file) ?? drawnKey(file);
  } catch (error) {
    return error as Error;
  }
}

/** Null where there is none, or what is left of one that did not fit on the disk. */
function readKey(file: string): Uint8Array | null {
  try {
    const key = readFileSync(file);
    return key.length === keyLength ? key : null;
  } catch {
    return null;
  }
}

/** A new one, or that of another process that was faster. @throws the operating system's fault. */
function drawnKey(file: string): Uint8Array {
  makeFolder(dirname(file));
  const { temporary, file: descriptor } = openTemporary(file, 0o600);
  try {
    try {
      writeFileSync(descriptor, randomBytes(keyLength));
    } finally {
      closeSync(descriptor);
    }
    takePlace(temporary, file);
  } catch (error) {
    throw withPath(error, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  // Nobody may read what this user has just written, or it is gone again: reading it says why.
  const key = readFileSync(file);
  if (key.length !== keyLength) throw new Error(`${file} was changed while it was written`);
  return key;
}

/** Whole or not at all, and not in the place of a key that is there. */
function takePlace(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch {
    // One is there, or what is left of one; or the file system has no links.
    if (readKey(file) === null) renameSync(temporary, file);
  }
}

/** @throws Error where the system knows of no home of the user. */
function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  // A path that is not absolute counts as none: it would lead into whatever folder the program is started in.
  const told = [XDG_CACHE_HOME, LOCALAPPDATA].find((path) => path !== undefined && isAbsolute(path));
  return told ?? join(homedir(), '.cache');
}
