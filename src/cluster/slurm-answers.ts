/** What has become of a task, as the scheduler tells it. */
export interface TaskState {
  readonly job: string;
  readonly task: number;
  /** In SLURM's own words: PENDING, RUNNING, COMPLETING, COMPLETED, FAILED, TIMEOUT, CANCELLED, NODE_FAIL, PREEMPTED, … */
  readonly state: string;
  /** Node that has it; null where none has. */
  readonly node: string | null;
  /** Why it waits; null where it does not. */
  readonly reason: string | null;
}

/** What `squeue` is asked for, a line a task. */
export const queueFormat = '%F|%K|%T|%N|%r';

/** @returns the tasks that `squeue --array --noheader --format` tells of; lines of another form are passed over. */
export function parseQueue(text: string): TaskState[] {
  return text.split('\n').flatMap((line) => {
    const [job, task, state, node, reason] = line.trim().split('|');
    if (!/^\d+$/.test(job ?? '') || !/^\d+$/.test(task ?? '') || !state) return [];
    return [
      {
        job,
        task: Number(task),
        state,
        node: node || null,
        reason: reason && reason !== 'None' ? reason : null,
      },
    ];
  });
}

/** Whether that is what `squeue` says where none of the jobs that it is asked for is in the queue any more. */
export function tellsOfNoJob(text: string): boolean {
  return /invalid job id/i.test(text);
}

/** What `sacct` is asked for, a line a task. */
export const accountingFields = 'JobID,State,NodeList';

/** @returns the tasks that `sacct --parsable2 --noheader` tells of, without their steps; the last start of each. */
export function parseAccounting(text: string): TaskState[] {
  return text.split('\n').flatMap((line) => {
    const [id, state, node] = line.trim().split('|');
    const task = /^(\d+)_(\d+)$/.exec(id ?? '');
    if (task === null || !state) return [];
    // “CANCELLED by 1000”
    const [word] = state.split(' ');
    return [
      {
        job: task[1],
        task: Number(task[2]),
        state: word,
        node: node && node !== 'None assigned' ? node : null,
        reason: null,
      },
    ];
  });
}

/** @returns the number of the job that `sbatch --parsable` has submitted; null if it tells of none. */
export function parseSubmitted(text: string): string | null {
  return /^(\d+)(?:;\S+)?$/m.exec(text.trim())?.[1] ?? null;
}

/** @returns the largest number of tasks of one array by `scontrol show config`; null if it does not say. */
export function parseLargestArray(text: string): number | null {
  const largest = /^MaxArraySize\s*=\s*(\d+)/m.exec(text);
  return largest === null ? null : Number(largest[1]);
}
