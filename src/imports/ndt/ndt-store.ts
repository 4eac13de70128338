import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../errors/input-error.ts';
import { readBoundedText } from '../../files/read-file.ts';
import type { OverwriteOptions } from '../../measurements/log-store.ts';
import { clearStudy, existsStudy } from '../../measurements/study-store.ts';
import type { Run, StudyManifest } from '../../measurements/types.ts';
import { writeStudy } from '../write-study-store.ts';
import { parseNdtRun } from './ndt-run.ts';

export interface ImportOptions extends OverwriteOptions {
  /** The importing program, for the manifest. */
  readonly tool: StudyManifest['tool'];
  readonly title?: string;
}

/** Far above any real log, and within the longest text the engine can hold. */
const largestLog = 2 ** 28;

/**
 * Reads every `.json` file of a folder as a training log of Neural Dimensionality Tracking, in the order of the
 * file names.
 *
 * @throws InputError for the first file that is none, or if two logs are of the same run, or there is no log.
 */
export function readNdtFolder(directory: string): Run[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError({ file: directory, allowed: 'a folder that exists' });
  }
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (files.length === 0)
    throw new InputError({ file: directory, allowed: 'a folder with at least one .json log' });
  const fileOf = new Map<string, string>();
  return files.map((name) => {
    const path = join(directory, name);
    const run = parseNdtRun(readLog(path), path);
    const other = fileOf.get(run.id);
    if (other !== undefined) {
      throw new InputError({
        file: path,
        field: 'run',
        value: run.id,
        allowed: `a run that ${other} is not of`,
      });
    }
    fileOf.set(run.id, name);
    return run;
  });
}

/**
 * Makes a study of a folder of logs. All or nothing: nothing is written before every log has been read, and the
 * study appears, by renaming, once all of it is on disk.
 *
 * @returns the study's manifest.
 * @throws InputError as `readNdtFolder` and `createStudy` do.
 * @example
 * importNdtFolder('ndt/runs', 'published-study', { tool: { name: 'rankscope', version: '0.1.0' } });
 */
export function importNdtFolder(directory: string, target: string, options: ImportOptions): StudyManifest {
  if (existsStudy(target) && !options.overwrite) clearStudy(target, options);
  const runs = readNdtFolder(directory);
  const facts: StudyManifest = {
    schemaVersion: 2,
    tool: options.tool,
    title: options.title ?? basename(resolve(directory)),
    origin: 'imported',
    source: 'Neural Dimensionality Tracking',
    settings: {},
    machine: {},
    runs: runs.map(({ id }) => id),
  };
  return writeStudy(runs, facts, target, options);
}

function readLog(path: string): string {
  return readBoundedText(path, largestLog);
}
