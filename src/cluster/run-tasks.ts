import type { TaskState } from './slurm-answers.ts';
import type { Submission } from './submission.ts';
import { taskOf } from './tasks.ts';

/** What the scheduler says of a run's task; null where no task has it, or the scheduler no longer knows. */
export interface WithTask {
  readonly task: TaskState | null;
}

/** Of tasks that have not ended, or that the scheduler will start again by itself. */
const alive = new Set([
  'PENDING',
  'CONFIGURING',
  'RUNNING',
  'SUSPENDED',
  'COMPLETING',
  'REQUEUED',
  'REQUEUE_HOLD',
  'REQUEUE_FED',
  'RESIZING',
  'SIGNALING',
  'STAGE_OUT',
  'STOPPED',
  'SPECIAL_EXIT',
]);

export const isAlive = ({ state }: TaskState): boolean => alive.has(state);

/**
 * Each run with the task that has it: of several submissions the one that is alive, else the last that the scheduler knows.
 *
 * @param runs all runs of the study, in its order.
 * @param submissions first to last.
 */
export function withTasks<T extends object>(
  runs: readonly T[],
  submissions: readonly Submission[],
  states: readonly TaskState[],
): (T & WithTask)[] {
  const known = new Map(states.map((state) => [`${state.job}_${state.task}`, state]));
  const latestFirst = submissions.map(({ tasks, ...rest }) => ({ ...rest, tasks: new Set(tasks) })).reverse();
  return runs.map((run, place) => {
    const mine = latestFirst.flatMap(({ job, of, tasks }) => {
      const task = taskOf(place, of);
      return tasks.has(task) ? (known.get(`${job}_${task}`) ?? []) : [];
    });
    return { ...run, task: mine.find(isAlive) ?? mine[0] ?? null };
  });
}
