/**
 * The version of logs and manifests that is written. Version 1 had no checksums and is still read; what a later version
 * may say is not guessed at.
 */
export const writtenVersion = 2;

/** For the refusal of any other version. */
export function knownVersions(what: string): string {
  return `1 or ${writtenVersion}, the versions of the ${what} format that this program knows; a later one needs a later rankscope`;
}
