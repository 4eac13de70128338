import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { makeFolder } from '../files/make-folder.ts';
import { readBounded } from '../files/read-file.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { logPath, type OverwriteOptions, readEndDigest, readLog, runsPath } from './log-store.ts';
import { formatManifest, parseManifest, readManifestText } from './manifest.ts';
import { type StudyRemark, studyRemarks } from './study-remarks.ts';
import type { LogDigest, Run, StudyManifest } from './types.ts';

/** Far above any real file; larger ones are refused before they are read. */
const largestManifest = 2 ** 26;

export const manifestPath = (directory: string): string => join(directory, 'manifest.json');

/** Whether the directory holds a study. */
export function existsStudy(directory: string): boolean {
  return existsSync(manifestPath(directory));
}

/**
 * Starts a study: writes its manifest and an empty folder for its runs. With `overwrite`, the logs of the study
 * that is there are removed first; no other file in the directory is touched.
 *
 * @throws InputError if a study is there already and `overwrite` is not set, or the manifest is not valid.
 */
export function createStudy(
  directory: string,
  manifest: StudyManifest,
  options: OverwriteOptions = {},
): void {
  formatManifest(manifest, manifestPath(directory));
  clearStudy(directory, options);
  makeFolder(runsPath(directory));
  writeManifest(directory, manifest);
}

/**
 * Makes room for a new study.
 *
 * @throws InputError if a study is there already and `overwrite` is not set, or if logs lie there of which no
 *   manifest says that they are a study's.
 */
export function clearStudy(directory: string, { overwrite = false }: OverwriteOptions): void {
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new InputError({ file: directory, allowed: 'a folder, not a file' });
  }
  if (!existsStudy(directory)) {
    if (existsSync(runsPath(directory)) && readdirSync(runsPath(directory)).length > 0) {
      throw new InputError({ file: directory, allowed: 'a folder without runs/ of unknown origin' });
    }
    return;
  }
  if (!overwrite) {
    throw new InputError({
      file: directory,
      allowed: 'a folder without a study, unless told to overwrite it (--overwrite)',
    });
  }
  for (const id of namedRuns(directory)) rmSync(logPath(directory, id), { force: true });
  rmSync(manifestPath(directory));
}

/** Writes the manifest so that a reader sees either the old or the new one, never a part. */
export function writeManifest(directory: string, manifest: StudyManifest): void {
  const path = manifestPath(directory);
  writeAtomically(path, formatManifest(manifest, path));
}

/** @throws InputError if there is no valid manifest in the directory, or it is damaged. */
export function readManifest(directory: string): StudyManifest {
  return parseManifest(readManifestFile(directory), manifestPath(directory));
}

/** Ids of the runs that the manifest names, though its checksum may not hold: of a study that is to be replaced. */
export function namedRuns(directory: string): readonly string[] {
  return readManifestText(readManifestFile(directory), manifestPath(directory)).manifest.runs;
}

/** The manifest as it stands there, damaged or not. */
export function readManifestFile(directory: string): string {
  if (!existsStudy(directory)) {
    throw new InputError({ file: directory, allowed: 'a folder that holds a study' });
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    readBounded(manifestPath(directory), largestManifest),
  );
}

/**
 * Notes in the manifest the digests of logs that have ended: those of `ended`; where none are named, all that it does not have
 * yet, from a call that was killed before it came to this. The manifest comes out the same whatever order runs end in.
 */
export function noteEndedLogs(directory: string, ended?: readonly string[]): void {
  const manifest = readManifest(directory);
  const logs: Record<string, LogDigest> = { ...manifest.logs };
  // A look at every log after each run would take time with the square of their number.
  const named = new Set(ended);
  const runs = manifest.runs.filter((id) => (ended === undefined ? !Object.hasOwn(logs, id) : named.has(id)));
  for (const id of withLogs(directory, { runs })) {
    const digest = readEndDigest(directory, id);
    if (digest !== null) logs[id] = digest;
  }
  if (JSON.stringify(logs) !== JSON.stringify(manifest.logs)) writeManifest(directory, { ...manifest, logs });
}

/** Ids of the study's runs that have a log, complete or not, in study order. */
export function listRuns(directory: string): string[] {
  return withLogs(directory, readManifest(directory));
}

/** Whether a run is the study's and has a log; of the others' logs nothing is asked. */
export function hasRun(directory: string, id: string): boolean {
  return existsSync(logPath(directory, id)) && readManifest(directory).runs.includes(id);
}

/** Of the runs that a manifest names, those that have a log, in study order. */
export function withLogs(directory: string, { runs }: Pick<StudyManifest, 'runs'>): string[] {
  return runs.filter((id) => existsSync(logPath(directory, id)));
}

/** A study as it lies on the disk. */
export interface Study {
  readonly manifest: StudyManifest;
  /** Those that have a log, in study order. */
  readonly runs: readonly Run[];
  /** What a reader must know before relying on the runs: logs that are missing or cut, runs that were interrupted. */
  readonly remarks: readonly StudyRemark[];
}

/**
 * Reads a study: its manifest and those of its runs that have a log, in study order.
 *
 * @throws InputError if the manifest or a log is damaged.
 */
export function readStudy(directory: string): Study {
  const manifest = readManifest(directory);
  const logs = withLogs(directory, manifest).map((id) => readLog(directory, id));
  return { manifest, runs: logs.map(({ run }) => run), remarks: studyRemarks(manifest, logs) };
}

/**
 * Reads one run of a study.
 *
 * @returns the run, and what a reader must know before relying on it.
 * @throws InputError if the study has no such run, or it has no log, or the manifest or the log is damaged.
 */
export function readStudyRun(
  directory: string,
  id: string,
): { readonly run: Run; readonly remarks: readonly StudyRemark[] } {
  const manifest = readManifest(directory);
  if (!manifest.runs.includes(id)) {
    throw new InputError({ field: 'run', value: id, allowed: oneOf(id, manifest.runs) });
  }
  const log = readLog(directory, id);
  return { run: log.run, remarks: studyRemarks({ ...manifest, runs: [id], notes: [] }, [log]) };
}
