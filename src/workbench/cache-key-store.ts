import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

const keyLength = 32;

/**
 * A secret of the user who runs this program, made when it is first asked for: with it a cache tells what this user's analyses wrote
 * from what somebody else put there. Null where it can neither be read nor kept.
 *
 * @param folder where it lies; `rankscope` among the user's cached files if absent.
 */
export function cacheKey(folder = join(userCache(), 'rankscope')): Uint8Array | null {
  const file = join(folder, 'cache-key');
  try {
    makeFolder(folder);
    // Only where there is none: another process may be making it.
    writeFileSync(file, randomBytes(keyLength), { flag: 'wx', mode: 0o600 });
  } catch {
    // There is one, or there can be none.
  }
  try {
    const key = readFileSync(file);
    return key.length === keyLength ? key : null;
  } catch {
    return null;
  }
}

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache');
}
