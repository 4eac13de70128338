import { noteEndedLogs, readManifest, writeManifest } from '../measurements/study-store.ts';
import type { StudyManifest } from '../measurements/types.ts';
import { checkPlans } from './check-plans.ts';
import { changeRecords } from './claims/claim-keeper.ts';
import { type ClaimStore, openClaims } from './claims/claim-store.ts';
import { unlessFull } from './disk-full.ts';
import { executeClaimed, type RunElsewhere } from './execute-claimed.ts';
import { hasEnded } from './has-ended.ts';
import { removeLeftovers, removeTemporaryRecords } from './leftovers-store.ts';
import { factorsOf } from './plan-factors.ts';
import { planRuns, type RunPlan } from './run-plan.ts';
import type { TimedOutcome } from './run-pool.ts';
import type { Room } from './run-queue.ts';
import { isThere, startStudy } from './start-study.ts';
import type { StudyFile } from './study-file.ts';
import { addTimings } from './timings-store.ts';
import { unlessRefused } from './write-refused.ts';

export type { RunElsewhere } from './execute-claimed.ts';

export interface PrepareStudyOptions {
  readonly tool: StudyManifest['tool'];
  readonly machine: StudyManifest['machine'];
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
}

export interface ExecuteStudyOptions extends PrepareStudyOptions {
  /** Runs trained side by side, at most. */
  readonly workers: number;
  /** What they may take of the machine together; whatever they want, if absent. */
  readonly room?: Room;
  /** Ids of the runs that are asked for; all of the study's if absent. The others are not even looked at. */
  readonly only?: ReadonlySet<string>;
  /** Training steps done, of `total`, over all runs of this call; those of longer runs count more. */
  readonly onProgress?: (stepsDone: number, total: number, run: string) => void;
  /** Told before training begins which runs other processes hold, if any. */
  readonly onElsewhere?: (runs: readonly RunElsewhere[]) => void;
  /** Once aborted, runs under way finish their step and save a checkpoint, and no other is begun. */
  readonly signal?: AbortSignal;
}

export interface TrainedStudy {
  readonly outcomes: readonly TimedOutcome[];
  /** Ids of runs that had ended already: in an earlier call with the same study, or meanwhile in another process. */
  readonly kept: readonly string[];
  /** Runs that other processes train, as this call ends. */
  readonly elsewhere: readonly RunElsewhere[];
  /** Ids of runs that were not begun, because of the signal. */
  readonly waiting: readonly string[];
  /** What the user must know of what lay there, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Trains every run of a study into `directory`. Called again after an interruption, it keeps the runs that have
 * ended, goes on with the others from their last checkpoint, and starts those without one anew; the logs come out the
 * same as without the interruption. Several calls, in processes on any machines that share the directory, divide the runs
 * among them: each run is claimed before it is trained, and the claim of a process that is gone is void.
 *
 * @throws InputError if the directory holds another study and `overwrite` is not set, or one that another process trains
 *   and it is set; and, before anything is written, if a data set is missing or a run cannot be trained on it.
 */
export async function executeStudy(
  study: StudyFile,
  directory: string,
  options: ExecuteStudyOptions,
): Promise<TrainedStudy> {
  const all = planRuns(study);
  const manifest = plannedManifest(study, all, options);
  const { only } = options;
  const plans = only === undefined ? all : all.filter(({ id }) => only.has(id));
  const replaces = (options.overwrite ?? false) || !isThere(directory, manifest);
  const present = replaces ? null : readManifest(directory);
  const ended = new Set(replaces ? [] : plans.map(({ id }) => id).filter((id) => hasEnded(directory, id)));
  const pending = plans.filter(({ id }) => !ended.has(id));
  const costs = checkPlans(pending);
  const claims = openClaims(directory);
  const tidyRuns = (): void => {
    claims.clean(new Set(pending.map(({ id }) => id)));
    removeLeftovers(directory, plans, ended, claims);
  };
  if (pending.length === 0) {
    // A complete study may lie where nothing can be written.
    unlessRefused(() => {
      tidyRuns();
      if (present !== null) takeUp(directory, present, manifest);
    });
    return { outcomes: [], kept: [...ended], elsewhere: [], waiting: [], remarks: [] };
  }
  await beginStudy(directory, manifest, claims, options);
  tidyRuns();
  const notes = endNotes(directory, claims, all.length);
  const { endedMeanwhile, ...rest } = await executeClaimed(directory, pending, claims, {
    ...options,
    costs,
    onOutcome: ({ id, seconds, unfinished }) => (unfinished ? undefined : notes.add(id, seconds)),
  }).finally(notes.write);
  const remarks = present === null ? [] : cutLogs(present, pending);
  return { ...rest, kept: [...ended, ...endedMeanwhile], remarks };
}

/**
 * Begins a study without training any of it: what `executeStudy` finds is there already, in whichever process.
 *
 * @returns the plans of its runs, in order.
 * @throws InputError as `executeStudy` does.
 */
export async function prepareStudy(
  study: StudyFile,
  directory: string,
  options: PrepareStudyOptions,
): Promise<readonly RunPlan[]> {
  const plans = planRuns(study);
  const manifest = plannedManifest(study, plans, options);
  if (!options.overwrite) isThere(directory, manifest);
  checkPlans(plans);
  await beginStudy(directory, manifest, openClaims(directory), options);
  return plans;
}

function plannedManifest(
  study: StudyFile,
  plans: readonly RunPlan[],
  { tool, machine }: PrepareStudyOptions,
): StudyManifest {
  const factors = factorsOf(study, plans);
  return {
    schemaVersion: 2,
    tool,
    title: study.title,
    origin: 'trained',
    source: null,
    settings: study,
    machine,
    runs: plans.map(({ id }) => id),
    ...(factors !== undefined && { factors }),
  };
}

async function beginStudy(
  directory: string,
  manifest: StudyManifest,
  claims: ClaimStore,
  { overwrite = false }: PrepareStudyOptions,
): Promise<void> {
  await changeRecords(claims, () => {
    // Another process may have begun the same study since.
    if (overwrite || !isThere(directory, manifest)) startStudy(directory, manifest, claims);
    else takeUp(directory, readManifest(directory), manifest);
    removeTemporaryRecords(directory);
  });
}

/** A manifest is written so often, at most, while its runs end: each time all of it is. */
const mostNotes = 1000;

/**
 * Notes runs that ended: one by one, so that a study that is killed keeps what it knows of those that it had done; of thousands several at a time. What
 * was not noted, being killed or without room on the disk, the next call notes: a run that ended is worth more.
 */
function endNotes(directory: string, claims: ClaimStore, runs: number) {
  const together = Math.ceil(runs / mostNotes);
  let waiting: Record<string, number> = {};
  const write = async (): Promise<void> => {
    const seconds = waiting;
    waiting = {};
    if (Object.keys(seconds).length === 0) return;
    await unlessFull(() =>
      changeRecords(claims, () => {
        noteEndedLogs(directory, Object.keys(seconds));
        addTimings(directory, seconds);
      }),
    );
  };
  return {
    add: async (id: string, seconds: number): Promise<void> => {
      waiting[id] = seconds;
      if (Object.keys(waiting).length >= together) await write();
    },
    write,
  };
}

/** What a repair had to leave open, the study that is asked for settles. */
function takeUp(directory: string, present: StudyManifest, wanted: StudyManifest): void {
  if (present.notes !== undefined) writeManifest(directory, { ...wanted, logs: present.logs });
  noteEndedLogs(directory);
}

function cutLogs({ logs = {} }: StudyManifest, pending: readonly RunPlan[]): string[] {
  const cut = pending.filter(({ id }) => Object.hasOwn(logs, id)).map(({ id }) => id);
  return cut.map((id) => `${id} had ended, but its log was cut or lost: it was trained again`);
}
