import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** Writes generated files below a directory; a path that leaves it is a programming error. */
export function writeFiles(directory: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  for (const [path, content] of files) {
    const relativePath = normalize(path);
    if (relativePath.startsWith('..') || relativePath.startsWith(sep))
      throw new RangeError(`${path} leaves ${directory}`);
    const target = join(directory, relativePath);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
