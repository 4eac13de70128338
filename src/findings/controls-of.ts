import type { Run } from '../measurements/types.ts';

/**
 * The controls that runs can be compared with: those of the same network and data, without the runs themselves.
 *
 * @param runs of one network and data set.
 * @param against undefined where runs are compared with their own past, and so is the answer.
 */
export function controlsOf(
  runs: readonly Run[],
  against: readonly Run[] | undefined,
): readonly Run[] | undefined {
  const [{ architecture, dataset }] = runs;
  return against?.filter(
    (other) =>
      other.architecture === architecture &&
      other.dataset === dataset &&
      !runs.some((run) => isSameRun(run, other)),
  );
}

/** Whether two were one run, read twice: runs of two studies may have the same name. */
function isSameRun(run: Run, other: Run): boolean {
  return (
    run.id === other.id &&
    run.loss.length === other.loss.length &&
    run.loss.every((value, t) => Object.is(value, other.loss[t]))
  );
}
