import { formatHeader, type RunHeader } from '../measurements/run-header.ts';
import { headerOf, stepRecordsOf } from '../measurements/run-records.ts';
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
  const evaluations = run.evaluations.filter(({ step }) => step <= state.step);
  let next = 0;
  const evaluateBefore = (step: number): void => {
    while (next < evaluations.length && evaluations[next].step < step) {
      log.writeEvaluation(evaluations[next++]);
    }
  };
  for (const record of stepRecordsOf(run)) {
    if (record.step > state.step) break;
    evaluateBefore(record.step);
    log.writeStep(record);
  }
  evaluateBefore(Number.POSITIVE_INFINITY);
  return evaluations.at(-1) ?? null;
}

function isWhole(run: Run, last: number, { isMeasured, isEvaluated }: RunSchedule): boolean {
  const upToLast = Array.from({ length: last + 1 }, (_, step) => step);
  const isSame = (due: (step: number) => boolean, logged: readonly number[]): boolean => {
    const expected = upToLast.filter(due);
    const found = logged.filter((step) => step <= last);
    return expected.length === found.length && expected.every((step, i) => step === found[i]);
  };
  const evaluated = run.evaluations.map(({ step }) => step);
  return isSame(isMeasured, Array.from(run.steps)) && isSame(isEvaluated, evaluated);
}
