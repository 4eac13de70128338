import { join } from 'node:path';
import { assertWritable } from '../files/assert-writable.ts';
import { existsStudy } from '../measurements/study-store.ts';

/**
 * Where results of long work go: the folder that was asked for, else one of this name in the study.
 *
 * @throws the operating system's fault if it cannot be written: before the work, not after it.
 */
export function resultsFolder(out: string | undefined, study: string, name: string): string {
  const folder = out ?? join(study, name);
  // Of a folder that holds no study it is said that it holds none.
  if (out !== undefined || existsStudy(study)) assertWritable(folder);
  return folder;
}
