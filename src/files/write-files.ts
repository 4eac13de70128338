import { join, normalize, sep } from 'node:path';
import { type FileContent, writeAtomically } from './write-atomically.ts';

export type { FileContent } from './write-atomically.ts';

/** Writes generated files below a directory; a path that leaves it is a programming error. */
export function writeFiles(
  directory: string,
  files: Iterable<readonly [path: string, content: FileContent]>,
): void {
  for (const [path, content] of files) writeFileBelow(directory, path, content);
}

/**
 * Writes one such file. What is interrupted, finds no room, or is written by two processes at once leaves each file whole: as it
 * was before, or new.
 */
export function writeFileBelow(directory: string, path: string, content: FileContent): void {
  const relativePath = normalize(path);
  if (relativePath.startsWith('..') || relativePath.startsWith(sep))
    throw new RangeError(`${path} leaves ${directory}`);
  writeAtomically(join(directory, relativePath), content, { durable: false });
}
