import { InputError } from '../../errors/input-error.ts';
import type { Imported, ImportSource, SourceFile } from '../importer.ts';

/** What of the file's notes belongs to it, where there are several. */
const about = ({ name }: SourceFile, notes: readonly string[], many: boolean): string[] =>
  notes.map((note) => (many ? `${name}: ${note}` : note));

/**
 * Reads each of these files by itself and puts their runs together.
 *
 * @throws InputError if there is no file, or one that lists what is wrong with all of them.
 */
export function importEach(
  files: readonly SourceFile[],
  source: ImportSource,
  read: (file: SourceFile, runName: string) => Imported,
): Imported {
  if (files.length === 0)
    throw new InputError({ file: source.path, allowed: 'at least one log of that format' });
  const notes: string[] = [];
  const wrong: InputError[] = [];
  const runs = files.flatMap((file) => {
    try {
      const imported = read(file, runNameOf(file, files));
      notes.push(...about(file, imported.notes, files.length > 1));
      return [...imported.runs];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      wrong.push(error);
      return [];
    }
  });
  if (wrong.length === 1) throw wrong[0];
  if (wrong.length > 1) {
    const all = wrong.map(({ message }) => message).join('; ');
    throw new InputError({ file: source.path, allowed: `files without these faults: ${all}` });
  }
  return { runs, notes };
}

/** A file's own name, or its folder's where all files are called the same: `run-3/metrics.csv`. */
function runNameOf({ name }: SourceFile, files: readonly SourceFile[]): string {
  const parts = name.split('/');
  const own = parts[parts.length - 1];
  const isShared = files.length > 1 && files.every((file) => file.name.split('/').at(-1) === own);
  if (isShared && parts.length > 1) return parts.slice(0, -1).join('_');
  return parts.join('_').replace(/\.[a-z0-9]+$/i, '');
}

/** The files whose names end so. */
export function filesEnding(source: ImportSource, ending: RegExp): SourceFile[] {
  return source.files.filter(({ name }) => ending.test(name));
}

/** The beginning of a file as text; what is none shows as replacement characters. */
export function beginningOf(file: SourceFile): string {
  return new TextDecoder().decode(file.head());
}
