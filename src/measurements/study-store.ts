import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { formatManifest, parseManifest } from './manifest.ts';
import { formatHeader, type RunHeader } from './run-header.ts';
import { checkRunId } from './run-id.ts';
import { parseRunLog } from './run-log.ts';
import { headerOf, stepRecordsOf, trackRecordsOf } from './run-records.ts';
import { formatEnd, formatEvaluation, formatStep, type StepRecord } from './step-record.ts';
import { formatTrack, type TrackRecord } from './track-record.ts';
import type { Evaluation, Run, StudyManifest } from './types.ts';

/** Whether existing files may be replaced; by default they may not. */
export interface OverwriteOptions {
  readonly overwrite?: boolean;
}

/** Appends to one run's log. Every call writes whole lines, so a kill loses at most the line being written. */
export interface RunWriter {
  writeStep(record: StepRecord): void;
  writeEvaluation(evaluation: Evaluation): void;
  writeTrack(record: TrackRecord): void;
  /** Returns when all that was written is on the disk. */
  sync(): void;
  /** Writes the last line and closes. `complete` for a run that reached its planned end, else why it stopped. */
  end(reason: string): void;
  /** Closes without a last line: the run reads back as not complete. Does nothing after `end`. */
  close(): void;
}

/** Far above any real file; larger ones are refused before they are read. */
const largestManifest = 2 ** 26;
const largestLog = 2 ** 31 - 1;

const manifestPath = (directory: string): string => join(directory, 'manifest.json');
const runsPath = (directory: string): string => join(directory, 'runs');
const logPath = (directory: string, id: string): string =>
  join(runsPath(directory), `${checkRunId(id, directory)}.jsonl`);

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
  mkdirSync(runsPath(directory), { recursive: true });
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
      allowed: 'a folder without a study, unless told to overwrite it',
    });
  }
  for (const id of readManifest(directory).runs) rmSync(logPath(directory, id), { force: true });
  rmSync(manifestPath(directory));
}

/** Writes the manifest so that a reader sees either the old or the new one, never a part. */
export function writeManifest(directory: string, manifest: StudyManifest): void {
  const path = manifestPath(directory);
  writeAtomically(path, formatManifest(manifest, path));
}

/** @throws InputError if there is no valid manifest in the directory. */
export function readManifest(directory: string): StudyManifest {
  const path = manifestPath(directory);
  return parseManifest(readBounded(path, largestManifest).toString('utf8'), path);
}

/** Ids of the study's runs that have a log, complete or not, in study order. */
export function listRuns(directory: string): string[] {
  return readManifest(directory).runs.filter((id) => existsSync(logPath(directory, id)));
}

/** Whether the run has a log. */
export function existsRun(directory: string, id: string): boolean {
  return existsSync(logPath(directory, id));
}

export interface OpenRunOptions extends OverwriteOptions {
  /** Writes what the log begins with, after the header: until it returns, the log that was there stays. */
  readonly begin?: (log: RunWriter) => void;
}

/**
 * Starts a run's log and writes its header.
 *
 * @throws InputError if the header is not valid, or the log exists and `overwrite` is not set.
 * @example
 * const log = openRun('study', header);
 * log.writeStep({ step: 0, loss: 2.3, gradientNorm: 1.1, layers });
 * log.end('complete');
 */
export function openRun(
  directory: string,
  header: RunHeader,
  { overwrite = false, begin }: OpenRunOptions = {},
): RunWriter {
  const first = `${formatHeader(header)}\n`;
  const path = logPath(directory, header.id);
  mkdirSync(dirname(path), { recursive: true });
  if (!overwrite && existsSync(path)) {
    throw new InputError({ file: path, allowed: 'a run without a log, unless told to overwrite it' });
  }
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  let open = true;
  let lastStep: number | null = null;
  const lastTrackSteps = new Map<string, number>();
  const append = (lines: string): void => {
    if (!open) throw new Error(`the log of run ${header.id} is closed`);
    appendFileSync(file, lines);
  };
  const close = (): void => {
    if (!open) return;
    open = false;
    closeSync(file);
  };
  const log: RunWriter = {
    writeStep(record) {
      const { step } = record;
      if (!Number.isSafeInteger(step) || step < 0 || (lastStep !== null && step <= lastStep)) {
        throw new RangeError(
          `step ${step} of run ${header.id} must be a whole number above ${lastStep ?? -1}`,
        );
      }
      append(formatStep(record, header));
      lastStep = step;
    },
    writeEvaluation: (evaluation) => append(formatEvaluation(evaluation)),
    writeTrack(record) {
      const { track, step } = record;
      const previous = lastTrackSteps.get(track) ?? -1;
      if (!Number.isSafeInteger(step) || step <= previous) {
        throw new RangeError(`step ${step} of track ${track} must be a whole number above ${previous}`);
      }
      append(formatTrack(record, header));
      lastTrackSteps.set(track, step);
    },
    sync: () => fsyncSync(file),
    end(reason) {
      append(formatEnd(reason, lastStep));
      fsyncSync(file);
      close();
    },
    close,
  };
  // Never a log without a whole header, or without what another attempt had logged already, even if killed here.
  try {
    append(first);
    begin?.(log);
    fsyncSync(file);
    renameSync(temporary, path);
  } catch (error) {
    close();
    rmSync(temporary, { force: true });
    throw error;
  }
  return log;
}

/** Writes the log of a run that is in memory. */
export function writeRun(directory: string, run: Run, options: OverwriteOptions = {}): void {
  const log = openRun(directory, headerOf(run), options);
  try {
    for (const record of stepRecordsOf(run)) log.writeStep(record);
    for (const evaluation of run.evaluations) log.writeEvaluation(evaluation);
    for (const record of trackRecordsOf(run)) log.writeTrack(record);
    if (run.complete) log.end('complete');
    else if (run.stopped !== null) log.end(run.stopped);
  } finally {
    log.close();
  }
}

/**
 * Reads one run; a run whose training was killed is read as far as it was written.
 *
 * @throws InputError if there is no such log, or it is damaged.
 */
export function readRun(directory: string, id: string): Run {
  const path = logPath(directory, id);
  const read = () => readBounded(path, largestLog);
  const run = parseRunLog(read(), path, read);
  if (run.id !== id) throw new InputError({ file: path, field: 'id', value: run.id, allowed: id });
  return run;
}

/** Reads a study: its manifest and those of its runs that have a log, in study order. */
export function readStudy(directory: string): { manifest: StudyManifest; runs: Run[] } {
  return {
    manifest: readManifest(directory),
    runs: listRuns(directory).map((id) => readRun(directory, id)),
  };
}

function readBounded(path: string, largest: number): Buffer {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new InputError({ file: path, allowed: 'a file that exists' });
  if (size > largest) {
    throw new InputError({ file: path, field: 'size', value: size, allowed: `at most ${largest} bytes` });
  }
  return readFileSync(path);
}

function writeAtomically(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w');
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
