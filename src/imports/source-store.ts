import { closeSync, type Dirent, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { readBounded, readPieces } from '../files/read-file.ts';
import type { ImportSource, SourceFile } from './importer.ts';

/** Bounds on a folder that may be anything. */
const mostFiles = 100_000;
/** What is read at once; what is streamed may be larger. */
const largestWhole = 2 ** 29;
const headBytes = 2 ** 16;

/**
 * What lies at a path, to be imported: one file, or a folder with all files below it, in the order of their names. Hidden files and
 * links are left out.
 *
 * @throws InputError if there is nothing, or too much.
 */
export function openSource(path: string): ImportSource {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new InputError({ file: path, allowed: 'a file or a folder that exists' });
  if (!found.isDirectory()) {
    return { path, isFolder: false, files: [sourceFile(path, basename(path), found.size)] };
  }
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  if (entries.length > mostFiles) {
    throw new InputError({ file: path, value: `${entries.length} files`, allowed: `at most ${mostFiles}` });
  }
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => pathOf(entry))
    .map((full) => ({ full, name: relative(path, full).split(sep).join('/') }))
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ full, name }) => sourceFile(full, name, statSync(full).size));
  return { path, isFolder: true, files };
}

function pathOf({ parentPath, name }: Dirent): string {
  return join(parentPath, name);
}

function sourceFile(path: string, name: string, size: number): SourceFile {
  return {
    name,
    path,
    size,
    head: () => headOf(path),
    bytes: () => readBounded(path, largestWhole),
    pieces: () => readPieces(path),
    beside: (ending) =>
      statSync(path + ending, { throwIfNoEntry: false })?.isFile()
        ? readBounded(path + ending, largestWhole)
        : null,
  };
}

function headOf(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const head = new Uint8Array(headBytes);
    return head.subarray(0, readSync(file, head, 0, headBytes, 0));
  } finally {
    closeSync(file);
  }
}
