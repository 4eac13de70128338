import { closeSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** What a file holds; what is long comes piece by piece, and is made while it is written. */
export type FileContent = string | Uint8Array | Generator<string>;

/** Writes generated files below a directory; a path that leaves it is a programming error. */
export function writeFiles(
  directory: string,
  files: Iterable<readonly [path: string, content: FileContent]>,
): void {
  for (const [path, content] of files) writeFileBelow(directory, path, content);
}

/** Writes one such file. */
export function writeFileBelow(directory: string, path: string, content: FileContent): void {
  const relativePath = normalize(path);
  if (relativePath.startsWith('..') || relativePath.startsWith(sep))
    throw new RangeError(`${path} leaves ${directory}`);
  const target = join(directory, relativePath);
  makeFolder(dirname(target));
  if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(target, content);
  else writePieces(target, content);
}

/** Characters that are written at once. */
const gathered = 2 ** 20;

function writePieces(target: string, pieces: Iterable<string>): void {
  const file = openSync(target, 'w');
  try {
    let waiting: string[] = [];
    let characters = 0;
    const flush = (): void => {
      writeFileSync(file, waiting.join(''));
      [waiting, characters] = [[], 0];
    };
    for (const piece of pieces) {
      characters += piece.length;
      waiting.push(piece);
      if (characters >= gathered) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
}
