import { resolve } from 'node:path';
import { isAlive, type WithTask, withTasks } from '../cluster/run-tasks.ts';
import { SchedulerFault } from '../cluster/scheduler-fault.ts';
import { slurmScript } from '../cluster/slurm-script.ts';
import { assertResources, type Resources } from '../cluster/submission.ts';
import { tasksOfRuns } from '../cluster/tasks.ts';
import { addSubmission, outputFolder, readSubmissions, writeScript } from '../workbench/cluster-store.ts';
import { type RunProgress, runProgress } from '../workbench/study-to-train.ts';
import { trainedStudy } from '../workbench/trained-runs.ts';
import { ownProgram } from './command-line.ts';
import { largestArray, submitScript, taskStates } from './slurm.ts';

/** What a submission came to. */
export interface Submitted {
  readonly script: string;
  /** Null where it was only written. */
  readonly job: string | null;
  readonly tasks: readonly number[];
  readonly of: number;
  /** Runs that the tasks have to train. */
  readonly runs: readonly string[];
}

export interface SubmitOptions {
  readonly resources: Resources;
  /** Tasks that the runs are divided among; one for every run, as far as the cluster allows, if absent. */
  readonly of?: number;
  /** Write the script and submit nothing. */
  readonly dryRun?: boolean;
}

/**
 * Submits the runs of a study that are left and that no task has: an array job whose tasks know the folder and their number.
 *
 * @returns null where nothing is left.
 * @throws InputError if the folder holds no study that this program trains.
 * @throws SchedulerFault if the scheduler does not answer, or refuses.
 */
export async function submitRuns(
  directory: string,
  { resources, of, dryRun = false }: SubmitOptions,
): Promise<Submitted | null> {
  assertResources(resources);
  // Of others there is nothing that a task could train.
  trainedStudy(directory);
  const { runs: known, fault } = await clusterStatus(directory);
  // A run whose task is in a queue that does not answer would be submitted again.
  if (fault !== null && !dryRun) throw fault;
  const all = known.map(({ id }) => id);
  const runs = known
    .filter(
      ({ state, task }) => (state === 'begun' || state === 'not begun') && !(task !== null && isAlive(task)),
    )
    .map(({ id }) => id);
  if (runs.length === 0) return null;
  // As before, so that a run stays with its task and what that has printed.
  const parts =
    of ??
    readSubmissions(directory).at(-1)?.of ??
    Math.min(all.length, await (dryRun ? largestArray().catch(() => all.length) : largestArray()));
  const tasks = tasksOfRuns(all, runs, parts);
  const script = writeScript(
    directory,
    slurmScript({
      name: 'rankscope',
      workingFolder: process.cwd(),
      outputFolder: outputFolder(directory),
      command: taskCommand(directory, parts, resources),
      tasks,
      resources,
    }),
  );
  if (dryRun) return { script, job: null, tasks, of: parts, runs };
  const job = await submitScript(script);
  addSubmission(directory, {
    engine: 'slurm',
    job,
    of: parts,
    tasks,
    resources: { ...resources, options: [...resources.options] },
  });
  return { script, job, tasks, of: parts, runs };
}

/** This program as a node of the cluster is to start it; the number of the task follows. */
function taskCommand(directory: string, of: number, { cpus }: Resources): string[] {
  return [
    ...ownProgram(process),
    'run-task',
    resolve(directory),
    '--of',
    `${of}`,
    '--workers',
    `${cpus}`,
    '--index',
  ];
}

/** What the runs of a study are at. */
export interface ClusterStatus {
  readonly runs: readonly (RunProgress & WithTask)[];
  /** Why the scheduler could not be asked, so that no run has a task; null if it was, or nothing was submitted. */
  readonly fault: SchedulerFault | null;
}

/** What every run of the study is at, by its records and by the scheduler, if there is one here. */
export async function clusterStatus(directory: string): Promise<ClusterStatus> {
  const submissions = readSubmissions(directory);
  const { states, fault } = await taskStates(submissions.map(({ job }) => job)).then(
    (states) => ({ states, fault: null }),
    (error: unknown) => {
      if (error instanceof SchedulerFault) return { states: [], fault: error };
      throw error;
    },
  );
  return { runs: withTasks(runProgress(directory), submissions, states), fault };
}
