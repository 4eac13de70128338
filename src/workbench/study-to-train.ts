import { runsOfTask, type Share } from '../cluster/tasks.ts';
import { existsRun } from '../measurements/log-store.ts';
import { readManifest } from '../measurements/study-store.ts';
import { describeHolder } from '../study/claims/claim-record.ts';
import { openClaims } from '../study/claims/claim-store.ts';
import { executeStudy, prepareStudy, type TrainedStudy } from '../study/execute-study.ts';
import { hasEnded } from '../study/has-ended.ts';
import { checkStudyFile, type StudyFileInput } from '../study/study-file.ts';
import type { OnProgress } from './progress.ts';
import { describeMachine, roomHere, tool } from './provenance.ts';
import { trainedStudy } from './trained-runs.ts';

/*
 * A study that is trained task by task: begun once, then by any number of processes that know nothing of each other but the
 * folder.
 */

/**
 * Begins a study in a folder without training any of it, so that tasks can.
 *
 * @returns ids of its runs, in order.
 * @throws InputError as `trainStudy` does, before anything is written.
 */
export async function beginStudy(
  study: StudyFileInput,
  directory: string,
  { overwrite }: { readonly overwrite?: boolean } = {},
): Promise<string[]> {
  const checked = checkStudyFile(study, 'study');
  const plans = await prepareStudy(checked, directory, { overwrite, tool, machine: describeMachine() });
  return plans.map(({ id }) => id);
}

export interface TrainTaskOptions extends Partial<Share> {
  /** Runs of the task that are trained side by side. */
  readonly workers: number;
  /** Seconds to wait for runs that another process holds, which may be one that was killed; 0 if absent. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Told what is waited for. */
  readonly onWaiting?: (text: string) => void;
}

/** Seconds between two looks at what another process holds. */
const lookAgain = 5;

/**
 * Trains one task's share of a study that has been begun. Whatever an earlier start of the task left is gone on with, and the
 * files come out the same however the runs were divided.
 *
 * @param options.index of the task, from 0; `of` says how many there are, one for every run if absent.
 * @throws InputError if the folder holds no study that this program trains, or the study no such task.
 */
export async function trainTask(
  directory: string,
  { index = 0, of, workers, patience = 0, signal, onProgress, onWaiting }: TrainTaskOptions,
): Promise<TrainedStudy> {
  const { study, runs } = trainedStudy(directory);
  const only = new Set(runsOfTask(runs, { index, of: of ?? runs.length }));
  const until = performance.now() + patience * 1000;
  for (;;) {
    const trained = await executeStudy(study, directory, {
      tool,
      machine: describeMachine(),
      workers,
      room: roomHere(workers),
      only,
      signal,
      onProgress: (done, total, what) => onProgress?.({ stage: 'training', done, total, what }),
    });
    const [first] = trained.elsewhere;
    if (first === undefined || performance.now() >= until || signal?.aborted) return trained;
    onWaiting?.(`${first.id} is with ${first.holder}: waiting for it, or for its claim to become void`);
    await pause(Math.min(lookAgain * 1000, until - performance.now()), signal);
  }
}

/** Waits so many milliseconds, or until the signal comes. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** How far a run is. */
export type RunProgress =
  | { readonly id: string; readonly state: 'ended' | 'begun' | 'not begun' }
  | { readonly id: string; readonly state: 'training'; readonly holder: string };

/** How far every run of a study is, by its own records: logs and claims. */
export function runProgress(directory: string): RunProgress[] {
  const { runs, logs = {} } = readManifest(directory);
  const claims = openClaims(directory);
  return runs.map((id) => {
    if (!existsRun(directory, id)) {
      const holder = claims.holder(id);
      return holder === null
        ? { id, state: 'not begun' as const }
        : { id, state: 'training' as const, holder: describeHolder(holder) };
    }
    // The manifest notes a log when it ends, which saves reading it.
    if (Object.hasOwn(logs, id) || hasEnded(directory, id)) return { id, state: 'ended' as const };
    const holder = claims.holder(id);
    return holder === null
      ? { id, state: 'begun' as const }
      : { id, state: 'training' as const, holder: describeHolder(holder) };
  });
}
