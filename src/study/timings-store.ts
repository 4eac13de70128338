import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readBoundedText } from '../files/read-file.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { parseJson } from '../formats/json.ts';

/** A hundred thousand runs. */
const largestTimings = 2 ** 24;

const timingsPath = (directory: string): string => join(directory, 'timings.json');

/**
 * Adds the seconds that runs took to the study's `timings.json`, in place of what is there for the same runs. The
 * clock is kept out of logs and manifest, so that those are the same bytes every time.
 */
export function addTimings(directory: string, seconds: Readonly<Record<string, number>>): void {
  const all = { ...readTimings(directory), ...seconds };
  writeAtomically(timingsPath(directory), `${JSON.stringify({ seconds: all }, null, 2)}\n`);
}

/** Seconds by run id; empty where there is no such file or it is damaged, since nothing depends on it. */
export function readTimings(directory: string): Record<string, number> {
  if (!existsSync(timingsPath(directory))) return {};
  try {
    const { seconds } = parseJson(readBoundedText(timingsPath(directory), largestTimings)) as {
      seconds: object;
    };
    return Object.fromEntries(
      Object.entries(seconds).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  } catch {
    return {};
  }
}
