import { InputError } from '../errors/input-error.ts';
import { createStudy, existsStudy, namedRuns, readManifest } from '../measurements/study-store.ts';
import type { StudyManifest } from '../measurements/types.ts';
import { describeHolder } from './claims/claim-record.ts';
import type { ClaimStore } from './claims/claim-store.ts';
import { removeCheckpoints } from './run-store.ts';

/**
 * Whether the study that is to be trained is in the directory.
 *
 * @throws InputError if another is.
 */
export function isThere(directory: string, wanted: StudyManifest): boolean {
  if (!existsStudy(directory)) return false;
  const present = readManifest(directory);
  // Where the data lie may change from one call to the next.
  const decisive = ({ settings: { dataFolder: _, ...rest } }: StudyManifest): string => JSON.stringify(rest);
  if (decisive(present) === decisive(wanted)) return true;
  throw new InputError({
    file: directory,
    field: 'study',
    value: present.title,
    allowed: 'an empty folder, or the same study with the same settings (--overwrite replaces it)',
  });
}

/**
 * Writes the manifest of a new study, in place of the one that is there. Whoever calls this holds the claim on it.
 *
 * @throws InputError if another process trains a run of the study that is to be replaced.
 */
export function startStudy(directory: string, manifest: StudyManifest, claims: ClaimStore): void {
  const replaced = existsStudy(directory) ? namedRuns(directory) : [];
  for (const run of replaced) {
    const holder = claims.holder(run);
    if (holder === null) continue;
    throw new InputError({
      file: directory,
      field: 'study',
      allowed: `a study that nobody works on (${describeHolder(holder)} trains ${run})`,
    });
  }
  createStudy(directory, manifest, { overwrite: true });
  removeCheckpoints(directory, replaced);
}
