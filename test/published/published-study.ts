import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNdtRun } from '../../src/imports/ndt/ndt-run.ts';
import { type LoggedRun, loggedRun } from '../../src/published/logged-run.ts';
import { describeWithSharedData, sharedDataPath } from '../shared-data.ts';

/** A block of tests that needs the published logs and result files. */
export function describeWithStudy(title: string, tests: () => void): void {
  describeWithSharedData(title, 'ndt', tests);
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
  return readdirSync(join(sharedDataPath('ndt'), name)).map((file) => [
    file,
    readFileSync(join(sharedDataPath('ndt'), name, file), 'utf8'),
  ]);
}
