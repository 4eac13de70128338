import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../errors/input-error.ts';
import { isAbsence } from '../../files/is-file-fault.ts';
import { readBoundedText } from '../../files/read-file.ts';
import {
  type AnnotatedSeries,
  type Annotations,
  parseAnnotatedSeries,
  parseAnnotations,
} from '../../validity/turing-change-points/files.ts';

/** Bounds on a folder that may be anything: the data set has 42 series, none above a megabyte. */
const largestFile = 2 ** 24;
const mostFiles = 10_000;

/**
 * Reads a folder in the layout of the Turing Change Point Dataset: `annotations.json`, and beside or below it one JSON
 * file per series.
 *
 * @returns the series by name.
 * @throws InputError where a file is missing, too large or in another format.
 */
export function readTuringChangePoints(folder: string): {
  series: AnnotatedSeries[];
  annotations: Annotations;
} {
  const files = filesBelow(folder).filter(
    ({ name }) => name.endsWith('.json') && !/(schema|package)[^/]*\.json$/.test(name),
  );
  const annotationFile = files.find(({ name }) => name === 'annotations.json');
  if (annotationFile === undefined) {
    throw new InputError({
      file: folder,
      allowed: 'a folder with annotations.json and the series as JSON files',
    });
  }
  const annotationPath = join(annotationFile.parentPath, annotationFile.name);
  const annotations = parseAnnotations(read(annotationPath), annotationPath);
  const series = files
    .filter((file) => file !== annotationFile)
    .map((file) => join(file.parentPath, file.name))
    .map((path) => parseAnnotatedSeries(read(path), path))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { series, annotations };
}

function filesBelow(folder: string): Dirent[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (!isAbsence(error)) throw error;
    throw new InputError({ file: folder, allowed: 'a folder that exists' });
  }
  if (entries.length > mostFiles) {
    throw new InputError({ file: folder, value: `${entries.length} files`, allowed: `at most ${mostFiles}` });
  }
  return entries.filter((entry) => entry.isFile());
}

function read(path: string): string {
  return readBoundedText(path, largestFile);
}
