import { closeSync, fsyncSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { openTemporary } from './open-temporary.ts';
import { withPath } from './with-path.ts';

/** What a file holds; what is long comes piece by piece, and is made while it is written. */
export type FileContent = string | Uint8Array | Generator<string>;

/**
 * Writes a file, and the folder it is to lie in, so that a reader sees either all of it or what was there before.
 *
 * @param options.durable whether to return only when it is on the disk, which takes a while; not for what can be had again.
 * @throws the operating system's fault, with the path of the file where it names none: a disk that fills up does not say which.
 */
export function writeAtomically(
  path: string,
  content: FileContent,
  { durable = true }: { readonly durable?: boolean } = {},
): void {
  makeFolder(dirname(path));
  const { temporary, file } = openTemporary(path);
  try {
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(file, content);
      else writePieces(file, content);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw withPath(error, path);
  }
}

/** Characters that are written at once: longer texts the engine keeps apart, and collects when it collects all else. */
const gathered = 2 ** 16;

function writePieces(file: number, pieces: Iterable<string>): void {
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
}
