import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';

/**
 * A whole file.
 *
 * @param largest bytes; a larger file is refused before it is read.
 * @throws InputError if there is no such file, or it is too large.
 */
export function readBounded(path: string, largest: number): Uint8Array {
  const size = sizeOf(path);
  if (size > largest) {
    throw new InputError({ file: path, field: 'size', value: size, allowed: `at most ${largest} bytes` });
  }
  return readFileSync(path);
}

/** For what is appended while a file is read. */
const smallestPiece = 4096;

/**
 * A file from some byte on, piece by piece; every piece is a buffer of its own. What is appended while it is read is read too.
 *
 * @param from position of the first byte wanted.
 * @throws InputError if there is no such file.
 */
export function* readPieces(path: string, from = 0, pieceBytes = 2 ** 22): Generator<Uint8Array> {
  const expected = sizeOf(path);
  const file = openSync(path, 'r');
  try {
    for (let position = from; ; ) {
      const piece = new Uint8Array(Math.min(pieceBytes, Math.max(smallestPiece, expected - position)));
      const count = readSync(file, piece, 0, piece.length, position);
      if (count === 0) return;
      yield piece.subarray(0, count);
      position += count;
    }
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new InputError({ file: path, allowed: 'a file that exists' });
  if (!found.isFile()) throw new InputError({ file: path, allowed: 'a file, not a folder' });
  return found.size;
}
