import { join } from 'node:path';
import { assertWritable } from '../files/assert-writable.ts';
import { existsStudy } from '../measurements/study-store.ts';

/**
 * That results of long work can be written in the study, where no other folder is asked for: that one is looked at before any command begins.
 *
 * @throws the operating system's fault, before the work and not after it.
 */
export function assertRoomInStudy(study: string, name: string, out: string | undefined): void {
  // Of a folder that holds no study it is said that it holds none.
  if (out === undefined && existsStudy(study)) assertWritable(join(study, name));
}
