import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../formats/json.ts';
import { readTextFile } from '../formats/regular-file.ts';
import { isDiskFull } from './disk-full.ts';
import { writeAtomically } from './run-store.ts';

/** A hundred thousand runs. */
const bounds = { most: 2 ** 24, allowed: 'a file' };

const timingsPath = (directory: string): string => join(directory, 'timings.json');

/**
 * Adds the seconds that a run took to the study's `timings.json`, in place of what is there for the same run. The
 * clock is kept out of logs and manifest, so that those are the same bytes every time. Without room on the disk the
 * time is not noted: a run that ended is worth more.
 */
export function addTiming(directory: string, run: string, seconds: number): void {
  const all = { ...readTimings(directory), [run]: seconds };
  try {
    writeAtomically(timingsPath(directory), `${JSON.stringify({ seconds: all }, null, 2)}\n`);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

/** Seconds by run id; empty where there is no such file or it is damaged, since nothing depends on it. */
export function readTimings(directory: string): Record<string, number> {
  if (!existsSync(timingsPath(directory))) return {};
  try {
    const { seconds } = parseJson(readTextFile(timingsPath(directory), bounds)) as { seconds: object };
    return Object.fromEntries(
      Object.entries(seconds).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  } catch {
    return {};
  }
}
