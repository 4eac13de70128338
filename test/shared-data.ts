import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';

const folder = resolve(import.meta.dirname, '../../shared/data');

/**
 * A block of tests on real data next to the project, of which a user has none: skipped with a reason where they
 * are absent, except in CI, where they must be there.
 *
 * @param name path below `../shared/data`; the tests get it as an absolute path.
 */
export function describeWithSharedData(title: string, name: string, tests: (path: string) => void): void {
  const path = resolve(folder, name);
  if (existsSync(path)) {
    describe(title, () => tests(path));
    return;
  }
  if (process.env.CI) throw new Error(`${title}: ../shared/data/${name} is needed in CI and absent`);
  console.warn(`skipped: ${title} (../shared/data/${name} is not here)`);
  describe.skip(title, () => {});
}
