import { closeSync, openSync, readSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { sizeOf } from './read-file.ts';

/** A file that is read piece by piece, at any place; see `ByteSource`. */
export interface FileSource {
  readonly file: string;
  readonly size: number;
  read(start: number, length: number): Uint8Array<ArrayBuffer>;
}

/**
 * A file to be read where it is needed. It is opened for every piece, so that nothing has to be closed.
 *
 * @throws InputError if there is no such file; when reading, if it became shorter.
 */
export function openSource(path: string): FileSource {
  return {
    file: path,
    size: sizeOf(path),
    read: (start, length) => {
      const bytes = new Uint8Array(length);
      const file = openSync(path, 'r');
      try {
        // One call reads at most 2 GiB.
        for (let done = 0; done < length; ) {
          const count = readSync(file, bytes, done, Math.min(length - done, 2 ** 30), start + done);
          if (count === 0) {
            throw new InputError({
              file: path,
              field: 'size',
              value: start + done,
              allowed: 'a file that stays as it is while it is read',
            });
          }
          done += count;
        }
      } finally {
        closeSync(file);
      }
      return bytes;
    },
  };
}
