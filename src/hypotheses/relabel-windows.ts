import type { Random } from '../numerics/random.ts';
import type { CheckpointPlan, CheckpointWindow } from '../planning/types.ts';

/**
 * A plan in which every change and its control have exchanged their places with probability ½: nothing is left of what tells one
 * from the other. On relabeled windows a hypothesis about changes is false, so that a verdict `supported` is a false positive.
 *
 * @example
 * relabelWindows(plan, createRandom(1)).runs[0].windows.length === plan.runs[0].windows.length; // true
 */
export function relabelWindows(plan: CheckpointPlan, random: Random): CheckpointPlan {
  return {
    ...plan,
    runs: plan.runs.map((run) => {
      const windows = [...run.windows];
      run.windows.forEach(({ controlOf }, control) => {
        if (controlOf === null || random.uniform() < 0.5) return;
        const [moved, quiet] = [run.windows[controlOf], run.windows[control]];
        windows[controlOf] = { ...moved, ...placeOf(quiet) };
        windows[control] = { ...quiet, ...placeOf(moved) };
      });
      return { ...run, windows };
    }),
  };
}

function placeOf({
  before,
  during,
  after,
}: CheckpointWindow): Pick<CheckpointWindow, 'before' | 'during' | 'after'> {
  return { before, during, after };
}
