import { appendFileSync, closeSync, existsSync, fsyncSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../checksums/digest.ts';
import { InputError } from '../errors/input-error.ts';
import { makeFolder } from '../files/make-folder.ts';
import { openTemporary } from '../files/open-temporary.ts';
import { readBounded, readPieces } from '../files/read-file.ts';
import { withPath } from '../files/with-path.ts';
import { type PutRecord, stepLines, trackLines } from './log/column-lines.ts';
import { endDigest } from './log/end-digest.ts';
import { EvaluationLog } from './log/evaluation-log.ts';
import { EventLog } from './log/event-log.ts';
import { LogDecoder } from './log/log-decoder.ts';
import { LogEncoder } from './log/log-encoder.ts';
import { complaintAbout } from './log/log-lines.ts';
import { factsOfRun, type RunFacts } from './run-facts.ts';
import { formatHeader, type RunHeader } from './run-header.ts';
import { checkRunId } from './run-id.ts';
import { RunLogReader, readHeader } from './run-log.ts';
import { headerOf, stepRecordsOf, trackRecordsOf } from './run-records.ts';
import { formatEvaluation, formatEvent, formatLost, formatStep, type StepRecord } from './step-record.ts';
import type { ReadLog } from './study-remarks.ts';
import { formatTrack, type TrackRecord } from './track-record.ts';
import type { Evaluation, LogDigest, Run, RunEvent } from './types.ts';

/** Whether existing files may be replaced; by default they may not. */
export interface OverwriteOptions {
  readonly overwrite?: boolean;
}

/** Appends to one run's log. Every call writes whole lines, so a kill loses at most the line being written. */
export interface RunWriter {
  writeStep(record: StepRecord): void;
  writeEvaluation(evaluation: Evaluation): void;
  /** Notes what happened before the step; before the records of this step. */
  writeEvent(event: RunEvent): void;
  writeTrack(record: TrackRecord): void;
  /** Notes that records of a log that is repaired were lost here. */
  writeLost(records: number): void;
  /** Returns when all that was written is on the disk. */
  sync(): void;
  /**
   * Writes the last line and closes. `complete` for a run that reached its planned end, else why it stopped.
   *
   * @returns what the last line says of those before it, for the manifest.
   */
  end(reason: string): LogDigest;
  /** Closes without a last line: the run reads back as not complete. Does nothing after `end`. */
  close(): void;
}

export interface OpenRunOptions extends OverwriteOptions {
  /** Writes what the log begins with, after the header: until it returns, the log that was there stays. */
  readonly begin?: (log: RunWriter) => void;
  /** Whether records may wait to be written together: of a run that is in memory, and lost with nothing. */
  readonly gathered?: boolean;
}

/** One that also takes what is in memory as columns. */
interface ColumnWriter extends RunWriter {
  /** Writes all measurements of the run that the header is of. */
  writeSteps(run: Run): void;
  /** The same of its tracks. */
  writeTracks(run: Run): void;
}

/** Far above any real log; larger ones are refused before they are read. */
const largestLog = 2 ** 31 - 1;

/** So many bytes of records are written at once where nobody follows the log. */
const gatheredBytes = 2 ** 20;

export const runsPath = (directory: string): string => join(directory, 'runs');
export const logPath = (directory: string, id: string): string =>
  join(runsPath(directory), `${checkRunId(id, directory)}.jsonl`);

/**
 * Starts a run's log and writes its header.
 *
 * @throws InputError if the header is not valid, or the log exists and `overwrite` is not set.
 * @example
 * const log = openRun('study', header);
 * log.writeStep({ step: 0, loss: 2.3, gradientNorm: 1.1, layers });
 * log.end('complete');
 */
export function openRun(directory: string, header: RunHeader, options: OpenRunOptions = {}): RunWriter {
  return openLog(directory, header, options);
}

function openLog(
  directory: string,
  header: RunHeader,
  { overwrite = false, begin, gathered = false }: OpenRunOptions,
): ColumnWriter {
  const encoder = new LogEncoder();
  encoder.add(formatHeader(header));
  const path = logPath(directory, header.id);
  if (!overwrite && existsSync(path)) {
    throw new InputError({ file: path, allowed: 'a run without a log, unless told to overwrite it' });
  }
  makeFolder(dirname(path));
  const { temporary, file } = openTemporary(path);
  let open = true;
  let lastStep: number | null = null;
  const lastTrackSteps = new Map<string, number>();
  const evaluations = new EvaluationLog(header);
  const events = new EventLog();
  const assertOpen = (): void => {
    if (!open) throw new Error(`the log of run ${header.id} is closed`);
  };
  const append = (...records: readonly string[]): void => {
    assertOpen();
    for (const record of records) encoder.add(record);
    if (!gathered || encoder.waiting >= gatheredBytes) flush();
  };
  const assertNext = (step: number): void => {
    if (!Number.isSafeInteger(step) || step < 0 || (lastStep !== null && step <= lastStep)) {
      throw new RangeError(`step ${step} of run ${header.id} must be a whole number above ${lastStep ?? -1}`);
    }
  };
  const assertNextOf = (track: string, step: number): void => {
    const previous = lastTrackSteps.get(track) ?? -1;
    if (!Number.isSafeInteger(step) || step <= previous) {
      throw new RangeError(`step ${step} of track ${track} must be a whole number above ${previous}`);
    }
  };
  const appendColumns = (steps: Float64Array, put: PutRecord, take: (step: number) => void): void => {
    assertOpen();
    for (let index = 0; index < steps.length; index++) {
      take(steps[index]);
      encoder.addBytes(put, index);
      if (encoder.waiting >= gatheredBytes) flush();
    }
    if (!gathered) flush();
  };
  const write = (bytes: Uint8Array): void => {
    try {
      appendFileSync(file, bytes);
    } catch (error) {
      throw withPath(error, path);
    }
  };
  const flush = (): void => {
    if (encoder.waiting > 0) write(encoder.taken());
  };
  const close = (): void => {
    if (!open) return;
    flush();
    open = false;
    closeSync(file);
  };
  const log: ColumnWriter = {
    writeStep(record) {
      assertNext(record.step);
      append(...formatStep(record, header));
      lastStep = record.step;
    },
    writeSteps(run) {
      // Spectra are many numbers on few lines: what else stands there costs nothing beside them.
      if (header.spectra.length > 0) {
        for (const record of stepRecordsOf(run)) log.writeStep(record);
        return;
      }
      appendColumns(run.steps, stepLines(run, header), (step) => {
        assertNext(step);
        lastStep = step;
      });
    },
    writeEvaluation(evaluation) {
      const record = formatEvaluation(evaluation);
      // By the reader's own rules: a log that it would refuse is not written.
      evaluations.add(
        evaluation,
        (allowed, field, value) => new RangeError(`${field} is ${value}, not ${allowed}`),
      );
      append(record);
    },
    writeEvent(event) {
      events.add(
        { ...event },
        (allowed, field, value) => new RangeError(`${field} is ${value}, not ${allowed}`),
      );
      append(formatEvent(event));
    },
    writeTrack(record) {
      const { track, step } = record;
      assertNextOf(track, step);
      append(formatTrack(record, header));
      lastTrackSteps.set(track, step);
    },
    writeTracks({ tracks = [] }) {
      tracks.forEach((track, i) => {
        const { id, steps } = track;
        const trackHeader = header.tracks![i];
        if (trackHeader.spectra) {
          for (const record of trackRecordsOf({ tracks: [track] })) log.writeTrack(record);
          return;
        }
        appendColumns(steps, trackLines(track, trackHeader), (step) => {
          assertNextOf(id, step);
          lastTrackSteps.set(id, step);
        });
      });
    },
    writeLost: (records) => append(formatLost(records)),
    sync() {
      flush();
      fsyncSync(file);
    },
    end(reason) {
      assertOpen();
      const { lines, digest } = encoder.end(reason, lastStep);
      write(Buffer.concat(lines));
      fsyncSync(file);
      close();
      return digest;
    },
    close,
  };
  // Never a log without a whole header, or without what another attempt had logged already, even if killed here.
  try {
    flush();
    begin?.(log);
    flush();
    fsyncSync(file);
    renameSync(temporary, path);
  } catch (error) {
    close();
    rmSync(temporary, { force: true });
    throw error;
  }
  return log;
}

/** Whether the run has a log. */
export function existsRun(directory: string, id: string): boolean {
  return existsSync(logPath(directory, id));
}

/**
 * Writes the log of a run that is in memory.
 *
 * @returns what the last line says of those before it; null for a run that did not end by itself.
 */
export function writeRun(directory: string, run: Run, options: OverwriteOptions = {}): LogDigest | null {
  const log = openLog(directory, headerOf(run), { ...options, gathered: true });
  try {
    for (const event of run.events ?? []) log.writeEvent(event);
    log.writeSteps(run);
    for (const evaluation of run.evaluations) log.writeEvaluation(evaluation);
    log.writeTracks(run);
    if (run.lostRecords !== undefined) log.writeLost(run.lostRecords);
    const reason = run.complete ? 'complete' : run.stopped;
    return reason === null ? null : log.end(reason);
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
  return readLog(directory, id).run;
}

/** Reads one run, and what the end of its log says of the whole; see `readRun`. */
export function readLog(directory: string, id: string): ReadLog<Run> {
  const path = logPath(directory, id);
  const { reader, run } = readWhole(id, path, readLogBytes(path), () => readLogBytes(path));
  return { run, digest: () => reader.digest ?? readEndDigest(directory, id) };
}

/** Which bytes of a log are meant: logs grow while runs train. */
export interface LogVersion {
  /** From its beginning. */
  readonly bytes: number;
  /** Of these, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What is known of a log without what was measured in its layers. */
export interface LogFacts {
  readonly facts: RunFacts;
  /** See `ReadLog`. */
  readonly digest: LogDigest | null;
  readonly version: LogVersion;
}

/**
 * Reads one run and keeps its facts.
 *
 * @throws InputError if there is no such log, or it is damaged.
 */
export function readLogFacts(directory: string, id: string): LogFacts {
  return readLogWithFacts(directory, id).log;
}

/** The same, and the run itself, whose spectra keep the whole log in memory. */
export function readLogWithFacts(
  directory: string,
  id: string,
): { readonly log: LogFacts; readonly run: Run } {
  const path = logPath(directory, id);
  const bytes = readLogBytes(path);
  const { reader, run } = readWhole(id, path, bytes, () => bytes);
  const ended = run.complete || run.stopped !== null;
  const log = {
    facts: factsOfRun(run, reader.header!),
    digest: reader.digest ?? (ended ? readEndDigest(directory, id) : null),
    version: versionOf(bytes),
  };
  return { log, run };
}

/** @param again the same bytes, when spectra are looked at. */
function readWhole(
  id: string,
  path: string,
  bytes: Uint8Array,
  again: () => Uint8Array,
): { readonly reader: RunLogReader; readonly run: Run } {
  const reader = new RunLogReader(path, again);
  reader.push(bytes);
  reader.finish();
  return { reader, run: named(id, path, reader.toRun()) };
}

/**
 * The first line of a log; nothing else of it is read.
 *
 * @throws InputError if there is none, or it is damaged.
 */
export function readLogHeader(directory: string, id: string): RunHeader {
  const path = logPath(directory, id);
  const decoder = new LogDecoder();
  for (const piece of readPieces(path, 0, headerBytes)) {
    for (const line of decoder.push(piece)) return readHeader(line, path, complaintAbout(path, 1)).header;
  }
  throw new InputError({ file: path, allowed: 'a run log; its first line is missing or torn' });
}

/** Most headers are shorter. */
const headerBytes = 2 ** 16;

/**
 * Reads a run as it was in some version of its log, however much has been appended since.
 *
 * @throws InputError if the log does not begin with these bytes any more.
 */
export function readRunAt(
  directory: string,
  id: string,
  version: LogVersion,
): { readonly facts: RunFacts; readonly run: Run } {
  const path = logPath(directory, id);
  const bytes = readLogBytes(path).subarray(0, version.bytes);
  if (versionOf(bytes).sha256 !== version.sha256) {
    throw new InputError({
      file: path,
      allowed: 'a log that stays as it is, or grows, while it is looked at',
    });
  }
  const { reader, run } = readWhole(id, path, bytes, () => readLogBytes(path));
  return { facts: factsOfRun(run, reader.header!), run };
}

/** What these bytes are, as a version of a log. */
export function versionOf(bytes: Uint8Array): LogVersion {
  return { bytes: bytes.length, sha256: sha256(bytes) };
}

/** What the end of a run's log says of the whole, or would say in version 1; null where it has no end, or is damaged. */
export function readEndDigest(directory: string, id: string): LogDigest | null {
  return endDigest(readPieces(logPath(directory, id)));
}

/** A log as it stands there. */
export function readLogBytes(path: string): Uint8Array {
  return readBounded(path, largestLog);
}

/** @throws InputError if the run is not the one that its file is named after. */
export function named(id: string, file: string, run: Run): Run {
  if (run.id !== id) throw new InputError({ file, field: 'id', value: run.id, allowed: id });
  return run;
}
