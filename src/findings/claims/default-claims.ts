import type { StudyManifest } from '../../measurements/types.ts';
import { type ClaimsFile, type ClaimsFileInput, checkClaims } from '../audit/claims-file.ts';
import { ndt2025 } from './ndt-2025.ts';

/** Claims that were published with logs, by the `source` that an import of those logs writes into the manifest. */
const claimsOfSource: ReadonlyMap<string, ClaimsFileInput> = new Map([
  ['Neural Dimensionality Tracking', ndt2025],
]);

/** The claims made of a study's logs where they were published, or null where none are known. */
export function defaultClaims({ source }: StudyManifest): ClaimsFile | null {
  const known = source === null ? undefined : claimsOfSource.get(source);
  return known === undefined ? null : checkClaims(known, `claims of ${source}`);
}
