import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeWith, itWith, type Requirement } from './requirements.ts';

const folder = resolve(import.meta.dirname, '../../shared/data');

/**
 * Real data next to the project, of which a user has none: tests on them are skipped where they are absent, unless
 * RANKSCOPE_REQUIRE_SHARED=1 demands them. What the program promises must also be tested on data that a test makes itself.
 *
 * @param name path below `../shared/data`; the tests get it as an absolute path.
 */
export function describeWithSharedData(title: string, name: string, tests: (path: string) => void): void {
  describeWith(sharedData(name), title, () => tests(sharedDataPath(name)));
}

/** One such test. */
export function itWithSharedData(title: string, name: string, test: (path: string) => void): void {
  itWith(sharedData(name), title, () => test(sharedDataPath(name)));
}

export function sharedData(name: string): Requirement {
  return {
    missing: existsSync(sharedDataPath(name)) ? null : `../shared/data/${name} is not here`,
    demanded: process.env.RANKSCOPE_REQUIRE_SHARED === '1',
  };
}

export function sharedDataPath(name: string): string {
  return resolve(folder, name);
}
