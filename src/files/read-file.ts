import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { decodeUtf8 } from '../formats/utf8.ts';

/**
 * A whole file. Devices and pipes are refused: their size says nothing, and some have no end.
 *
 * @param largest bytes; a larger file is refused before it is read.
 * @param allowed what should be there, for the message.
 * @throws InputError if there is no such file, or it is too large.
 */
export function readBounded(path: string, largest: number, allowed?: string): Uint8Array {
  const size = sizeOf(path, allowed);
  if (size > largest) {
    throw new InputError({ file: path, field: 'size', value: size, allowed: `at most ${largest} bytes` });
  }
  return readFileSync(path);
}

/** The same as text. @throws InputError also where it is not UTF-8. */
export function readBoundedText(path: string, largest: number, allowed?: string): string {
  return decodeUtf8(readBounded(path, largest, allowed), path);
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

/** Bytes of a file. @throws InputError if it is none, or a folder, a device or a pipe. */
export function sizeOf(path: string, allowed = 'a file that exists'): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new InputError({ file: path, allowed });
  if (found.isDirectory()) throw new InputError({ file: path, allowed: `${allowed}, not a folder` });
  if (!found.isFile()) throw new InputError({ file: path, allowed: `${allowed}, not a device or a pipe` });
  return found.size;
}
