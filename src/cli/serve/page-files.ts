import { readFileSync } from 'node:fs';
import { InputError } from '../../errors/input-error.ts';
import { isAbsence } from '../../files/is-file-fault.ts';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
}

/** By path. The list is whole: no other path is answered, and none reaches the disk. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const folder = new URL('../../live/page/', import.meta.url);
const files = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8'],
] as const;

/** Reads the page as `npm run build` has bundled it. */
export function readPageFiles(): PageFiles {
  return new Map(files.map(([path, file, type]) => [path, { type, body: readPageFile(file) }]));
}

function readPageFile(file: string): Uint8Array {
  try {
    return readFileSync(new URL(file, folder));
  } catch (error) {
    if (!isAbsence(error)) throw error;
    throw new InputError({ file: `live/page/${file}`, allowed: 'a file that npm run build makes' });
  }
}
