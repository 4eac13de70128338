import { closeSync, fsyncSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { openTemporary } from './open-temporary.ts';

/**
 * Writes a file, and the folder it is to lie in, so that a reader sees either all of it or what was there before.
 *
 * @param options.durable whether to return only when it is on the disk, which takes a while; not for what can be had again.
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array,
  { durable = true }: { readonly durable?: boolean } = {},
): void {
  makeFolder(dirname(path));
  const { temporary, file } = openTemporary(path);
  try {
    try {
      writeFileSync(file, content);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
