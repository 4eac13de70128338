import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { arch, platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { RunningSha256 } from '../checksums/digest.ts';
import { MachineFault } from '../errors/machine-fault.ts';

/** The rooms whose code says what an analysis comes out as. */
export const analysisRooms = [
  ...['errors', 'wording', 'checksums', 'files', 'formats', 'numerics', 'spectra'],
  ...['measurements', 'derived', 'detectors', 'dynamics', 'validity', 'findings', 'workbench'],
] as const;

/** The folder of the rooms, beside which `package.json` lies: of compiled modules, or of the sources that tests run. */
const program = fileURLToPath(new URL('..', import.meta.url));
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** Another folder may be put in its place, with files as old as one likes. */
const folderLoaded = statSync(program).ino;

let known: string | null | undefined;

/**
 * A digest of everything but data and settings that the numbers of an analysis depend on: the program's own code, the packages that it is
 * used with, and the engine as it was built for this platform, whose `Math.exp` may differ in the last digit. What was found with another is not taken over.
 *
 * @returns null where the program was replaced since this process started: which code runs is not known then. A thread that starts later asks anew.
 */
export function analysisCode(): string | null {
  // In threads too that is when the process started: what they load may be newer than what has started them.
  if (known === undefined)
    known = codeDigest(program, { ending, since: performance.timeOrigin, inode: folderLoaded });
  return known;
}

/** The same for threads to hold against their own; null for the sources that tests run, whose threads are compiled. */
export function codeForThreads(): string | null {
  return ending === '.js' ? analysisCode() : null;
}

/** Why nothing is kept that was found with an unknown program. */
export function programReplaced(): MachineFault {
  return new MachineFault('the program was replaced on disk while it ran: give the command again');
}

/** How it is told whether the files that lie there are those that were loaded. */
export interface Loaded {
  /** What names of modules end in. */
  readonly ending: string;
  /** Milliseconds since 1970: nothing was loaded before. */
  readonly since: number;
  /** Number of the folder from which they were loaded. */
  readonly inode: number;
}

/** The digest of the code in a folder with `package.json` beside it; null if some of it changed since it was loaded. */
export function codeDigest(folder: string, { ending, since, inode }: Loaded): string | null {
  const place = statSync(folder);
  if (place.ino !== inode || place.ctimeMs > since) return null;
  const running = new RunningSha256();
  const add = (...texts: readonly string[]): void =>
    running.update(new TextEncoder().encode(`${texts.join('\n')}\n`));
  let latest = 0;
  const read = (file: string): void => {
    running.update(readFileSync(file));
    // Not when it says that it was written, which an unpacked one says of its archive. After reading it: it may change meanwhile.
    latest = Math.max(latest, statSync(file).ctimeMs);
  };
  add(versions.v8, arch, platform);
  for (const room of analysisRooms) {
    const files = readdirSync(join(folder, room), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith(ending)).sort()) {
      add(room, file);
      read(join(folder, room, file));
    }
  }
  read(join(folder, '..', 'package.json'));
  return latest > since ? null : running.digest();
}
