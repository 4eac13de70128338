import { InputError } from '../errors/input-error.ts';
import { readRun } from '../measurements/log-store.ts';
import {
  createStudy,
  existsStudy,
  listRuns,
  namedRuns,
  noteEndedLogs,
  readManifest,
  writeManifest,
} from '../measurements/study-store.ts';
import type { StudyManifest } from '../measurements/types.ts';
import { checkPlans } from './check-plans.ts';
import { isDiskFull } from './disk-full.ts';
import { planRuns, type RunPlan } from './run-plan.ts';
import { executeRuns, type TimedOutcome } from './run-pool.ts';
import { removeCheckpoints } from './run-store.ts';
import type { StudyFile } from './study-file.ts';
import { addTiming } from './timings-store.ts';

export interface TrainStudyOptions {
  readonly tool: StudyManifest['tool'];
  readonly machine: StudyManifest['machine'];
  /** Runs trained side by side. */
  readonly workers: number;
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
  /** Training steps done, of `total`, over all runs of this call. */
  readonly onProgress?: (stepsDone: number, total: number, run: string) => void;
}

export interface TrainedStudy {
  readonly outcomes: readonly TimedOutcome[];
  /** Ids of runs that had ended already, in an earlier call with the same study. */
  readonly kept: readonly string[];
  /** What the user must know of what lay there, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Trains every run of a study into `directory`. Called again after an interruption, it keeps the runs that have
 * ended, goes on with the others from their last checkpoint, and starts those without one anew; the logs come out the
 * same as without the interruption.
 *
 * @throws InputError if the directory holds another study and `overwrite` is not set; and, before anything is
 *   written, if a data set is missing or a run cannot be trained on it.
 */
export async function trainStudy(
  study: StudyFile,
  directory: string,
  options: TrainStudyOptions,
): Promise<TrainedStudy> {
  const plans = planRuns(study);
  const manifest: StudyManifest = {
    schemaVersion: 2,
    tool: options.tool,
    title: study.title,
    origin: 'trained',
    source: null,
    settings: study,
    machine: options.machine,
    runs: plans.map(({ id }) => id),
  };
  const replaces = (options.overwrite ?? false) || !existsStudy(directory);
  const replaced = replaces && existsStudy(directory) ? namedRuns(directory) : [];
  const present = replaces ? null : readManifest(directory);
  if (present !== null) assertSameStudy(directory, present, manifest);
  const kept = present === null ? [] : endedRuns(directory);
  const pending = plans.filter(({ id }) => !kept.includes(id));
  checkPlans(pending);
  if (present === null) {
    createStudy(directory, manifest, { overwrite: options.overwrite });
    removeCheckpoints(directory, replaced);
  } else {
    takeUp(directory, present, manifest);
  }
  const total = pending.reduce((sum, { training }) => sum + training.steps, 0);
  const outcomes = await executeRuns(directory, pending, options.workers, {
    onProgress: (done, run) => options.onProgress?.(done, total, run),
    // Run by run, so that a study that is killed keeps what it knows of those that it had done.
    onOutcome: ({ id, seconds, unfinished }) => {
      if (unfinished) return;
      noteEnd(directory, id);
      addTiming(directory, id, seconds);
    },
  });
  return { outcomes, kept, remarks: present === null ? [] : cutLogs(present, pending) };
}

/** What a repair had to leave open, the study that is asked for settles. */
function takeUp(directory: string, present: StudyManifest, wanted: StudyManifest): void {
  const { notes, ...facts } = { ...present, title: wanted.title, runs: wanted.runs };
  const isSettled = notes === undefined && JSON.stringify(facts) === JSON.stringify(present);
  if (!isSettled) writeManifest(directory, facts);
  noteEndedLogs(directory);
}

/** Without room on the disk the digest is not noted: the next call notes it, and a run that ended is worth more. */
function noteEnd(directory: string, id: string): void {
  try {
    noteEndedLogs(directory, [id]);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}

function cutLogs({ logs = {} }: StudyManifest, pending: readonly RunPlan[]): string[] {
  const cut = pending.filter(({ id }) => Object.hasOwn(logs, id)).map(({ id }) => id);
  return cut.map((id) => `${id} had ended, but its log was cut or lost: it was trained again`);
}

function assertSameStudy(directory: string, present: StudyManifest, wanted: StudyManifest): void {
  // Where the data lie may change from one call to the next.
  const decisive = ({ settings: { dataFolder: _, ...rest } }: StudyManifest): string => JSON.stringify(rest);
  if (decisive(present) === decisive(wanted)) return;
  throw new InputError({
    file: directory,
    field: 'study',
    value: present.title,
    allowed: 'an empty folder, or the same study with the same settings (--overwrite replaces it)',
  });
}

/** Runs that are complete, or that stopped for a reason of their own and would stop there again, and whose logs are whole. */
function endedRuns(directory: string): string[] {
  return listRuns(directory).filter((id) => {
    const { complete, stopped, lostRecords = 0 } = readRun(directory, id);
    return (complete || stopped !== null) && lostRecords === 0;
  });
}
