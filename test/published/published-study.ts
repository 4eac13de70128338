import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { parseNdtRun } from '../../src/measurements/ndt.ts';
import { type LoggedRun, loggedRun } from '../../src/published/logged-run.ts';

const folder = resolve(import.meta.dirname, '../../../shared/data/ndt');
const present = existsSync(folder);

/** A block of tests that needs the published logs; skipped with a reason where they are absent, except in CI. */
export function describeWithStudy(name: string, tests: () => void): void {
  if (present) {
    describe(name, tests);
    return;
  }
  if (process.env.CI) throw new Error(`${name}: the published study is needed in CI and is not at ${folder}`);
  console.warn(`skipped: ${name} (the published study is not at ../shared/data/ndt)`);
  describe.skip(name, tests);
}

let runs: LoggedRun[] | null = null;

/** The 55 published logs. */
export function publishedRuns(): LoggedRun[] {
  runs ??= texts('runs').map(([file, text]) => loggedRun(parseNdtRun(text, file)));
  return runs;
}

/** The published result files, under the names they lie there with. */
export function publishedFiles(): Map<string, string> {
  return new Map(texts('published'));
}

function texts(name: string): [string, string][] {
  return readdirSync(join(folder, name)).map((file) => [
    file,
    readFileSync(join(folder, name, file), 'utf8'),
  ]);
}
