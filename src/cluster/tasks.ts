import { InputError } from '../errors/input-error.ts';

/**
 * How the runs of a study are divided among the tasks of an array job: task `index` of `of` has every run whose place in the
 * study is `index` modulo `of`. The same for every submission, so that a run has one task however often it is submitted.
 */
export interface Share {
  /** From 0. */
  readonly index: number;
  /** Tasks there are. */
  readonly of: number;
}

/**
 * The task that has the run at a place of the study.
 *
 * @example
 * taskOf(5, 4); // 1
 */
export function taskOf(place: number, of: number): number {
  return place % of;
}

/**
 * The runs that a task has to train.
 *
 * @param runs ids of all runs of the study, in its order.
 * @throws InputError if there is no such task.
 * @example
 * runsOfTask(['a', 'b', 'c', 'd', 'e'], { index: 1, of: 2 }); // ['b', 'd']
 */
export function runsOfTask(runs: readonly string[], { index, of }: Share): string[] {
  if (index >= of) {
    throw new InputError({
      field: '--index',
      value: index,
      allowed: `0 to ${of - 1} (the study has ${runs.length} runs)`,
    });
  }
  return runs.filter((_, place) => taskOf(place, of) === index);
}

/**
 * The tasks that have any of the runs that are left, ascending.
 *
 * @example
 * tasksOfRuns(['a', 'b', 'c', 'd', 'e'], ['c', 'e'], 2); // [0]
 */
export function tasksOfRuns(runs: readonly string[], left: readonly string[], of: number): number[] {
  const places = new Map(runs.map((id, place) => [id, place]));
  const tasks = left.flatMap((id) => places.get(id) ?? []).map((place) => taskOf(place, of));
  return [...new Set(tasks)].sort((a, b) => a - b);
}
