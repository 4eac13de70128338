import { formatHeader, type RunHeader } from '../measurements/run-header.ts';
import { headerOf, stepRecordsOf, trackRecordsOf } from '../measurements/run-records.ts';
import type { RunWriter } from '../measurements/study-store.ts';
import type { Evaluation, Run } from '../measurements/types.ts';
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
  /** In the header's order. */
  readonly tracks: readonly { readonly header: { readonly id: string }; isDue(step: number): boolean }[];
}

/** The newest checkpoint up to which the log of an interrupted run is whole, or null: then the run starts anew. */
export function findResumable(
  files: Pick<RunFiles, 'earlier'>,
  header: RunHeader,
  schedule: RunSchedule,
): ResumableRun | null {
  const earlier = files.earlier();
  if (earlier === null || formatHeader(headerOf(earlier.run)) !== formatHeader(header)) return null;
  for (const state of earlier.checkpoints) {
    if (isWhole(earlier.run, state.step, schedule)) return { run: earlier.run, state };
  }
  return null;
}

/**
 * Logs again what an interrupted run had logged up to its checkpoint, byte for byte.
 *
 * @returns the last evaluation among it.
 */
export function replayLog({ run, state }: ResumableRun, log: RunWriter): Evaluation | null {
  // Of one step first the measurement, then the evaluation, then the tracks in their order: the sort keeps it.
  const records = [
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

function isWhole(run: Run, last: number, { isMeasured, isEvaluated, tracks }: RunSchedule): boolean {
  const upToLast = Array.from({ length: last + 1 }, (_, step) => step);
  const isSame = (due: (step: number) => boolean, logged: readonly number[]): boolean => {
    const expected = upToLast.filter(due);
    const found = logged.filter((step) => step <= last);
    return expected.length === found.length && expected.every((step, i) => step === found[i]);
  };
  const evaluated = run.evaluations.map(({ step }) => step);
  const stepsOf = (id: string): Float64Array | undefined =>
    run.tracks?.find((track) => track.id === id)?.steps;
  return (
    isSame(isMeasured, Array.from(run.steps)) &&
    isSame(isEvaluated, evaluated) &&
    tracks.every(({ header, isDue }) => isSame(isDue, Array.from(stepsOf(header.id) ?? [])))
  );
}
