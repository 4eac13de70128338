import type { RunWriter } from '../measurements/log-store.ts';
import { formatHeader, type RunHeader } from '../measurements/run-header.ts';
import { headerOf, stepRecordsOf, trackRecordsOf } from '../measurements/run-records.ts';
import type { Evaluation, Run, RunEvent } from '../measurements/types.ts';
import { sameNumbers } from '../numerics/same-numbers.ts';
import type { TrainingState } from '../training/train.ts';
import type { RunFiles } from './run-store.ts';

/** A run that can be gone on with. */
export interface ResumableRun {
  readonly run: Run;
  /** All that is logged up to its step is kept, the rest is done again. */
  readonly state: TrainingState;
}

/** When a run measures and evaluates. */
export interface RunSchedule {
  isMeasured(step: number): boolean;
  isEvaluated(step: number): boolean;
  /** What is done to it, by step. */
  readonly events?: readonly RunEvent[];
  /** In the header's order. */
  readonly tracks: readonly { readonly header: { readonly id: string }; isDue(step: number): boolean }[];
}

/**
 * The newest checkpoint that is whole and up to which the log of an interrupted run is, or null: then the run starts
 * anew.
 *
 * @param remark told, in a sentence, where damaged checkpoints decide from where the run goes on.
 */
export function findResumable(
  files: Pick<RunFiles, 'earlier'>,
  header: RunHeader,
  schedule: RunSchedule,
  remark: (message: string) => void = () => {},
): ResumableRun | null {
  const damaged: string[] = [];
  const earlier = files.earlier((message) => damaged.push(message));
  const found = earlier === null ? null : newestWhole(earlier, header, schedule);
  if (damaged.length > 0) {
    const place = found === null ? 'it began anew' : `it went on from step ${found.state.step}`;
    const subject = damaged.length === 1 ? 'A checkpoint is' : `${damaged.length} checkpoints are`;
    remark(`${subject} damaged, so ${place} (${damaged.join('; ')})`);
  }
  return found;
}

function newestWhole(
  { run, checkpoints }: NonNullable<ReturnType<RunFiles['earlier']>>,
  header: RunHeader,
  schedule: RunSchedule,
): ResumableRun | null {
  if (formatHeader(headerOf(run)) !== formatHeader(header)) return null;
  for (const state of checkpoints) {
    if (isWhole(run, state.step, schedule)) return { run, state };
  }
  return null;
}

/**
 * Logs again what an interrupted run had logged up to its checkpoint, byte for byte.
 *
 * @returns the last evaluation among it.
 */
export function replayLog({ run, state }: ResumableRun, log: RunWriter): Evaluation | null {
  // Of one step first the event, then the measurement, then the evaluation, then the tracks in their order: the sort keeps it.
  const records = [
    ...entries(run.events ?? [], log.writeEvent),
    ...entries(stepRecordsOf(run), log.writeStep),
    ...entries(run.evaluations, log.writeEvaluation),
    ...entries(trackRecordsOf(run), log.writeTrack),
  ]
    .filter(({ step }) => step <= state.step)
    .sort((a, b) => a.step - b.step);
  for (const { write } of records) write();
  return run.evaluations.findLast(({ step }) => step <= state.step) ?? null;
}

function* entries<T extends { readonly step: number }>(
  records: Iterable<T>,
  write: (record: T) => void,
): Generator<{ readonly step: number; readonly write: () => void }> {
  for (const record of records) yield { step: record.step, write: () => write(record) };
}

function isWhole(
  run: Run,
  last: number,
  { isMeasured, isEvaluated, events = [], tracks }: RunSchedule,
): boolean {
  const upToLast = Array.from({ length: last + 1 }, (_, step) => step);
  const isSame = (due: (step: number) => boolean, logged: readonly number[]): boolean => {
    const found = logged.filter((step) => step <= last);
    return sameNumbers(upToLast.filter(due), found);
  };
  const evaluated = run.evaluations.map(({ step }) => step);
  const stepsOf = (id: string): Float64Array | undefined =>
    run.tracks?.find((track) => track.id === id)?.steps;
  return (
    isSame(isMeasured, Array.from(run.steps)) &&
    isSame(isEvaluated, evaluated) &&
    isSame(
      (step) => events.some((event) => event.step === step),
      (run.events ?? []).map(({ step }) => step),
    ) &&
    tracks.every(({ header, isDue }) => isSame(isDue, Array.from(stepsOf(header.id) ?? [])))
  );
}
