import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Real data next to the project, of which a user has none. Tests that need them are skipped elsewhere. */
export const sharedData = {
  path: (name: string): string => resolve(import.meta.dirname, '../../../shared/data', name),

  /** Whether to skip; prints why. In CI the data must be there, so nothing is skipped and the test fails. */
  missing(name: string): boolean {
    if (process.env.CI !== undefined || existsSync(sharedData.path(name))) return false;
    console.warn(`skipped: ../shared/data/${name} is not here`);
    return true;
  },
};
