import type { WindowPair } from '../mechanisms/case-control.ts';
import type { MeasureSubject } from '../mechanisms/measures.ts';
import type { CheckpointPlan, CheckpointWindow } from '../planning/types.ts';
import type { CheckpointValue } from './types.ts';

/** One quantity of one layer, module or parameter over a run. */
export interface Course {
  readonly run: string;
  readonly measure: string;
  readonly subject: string;
  /** Whether what it is measured of belongs to a layer. */
  readonly isOf: (layer: string) => boolean;
  /** Its change from the first step of a window to the last; null where it was not measured there. */
  readonly across: (window: CheckpointWindow) => number | null;
}

/** The change of a course across a window of a change, and across its matched control. */
export interface CoursePair extends WindowPair {
  readonly measure: string;
  readonly run: string;
}

/**
 * Every course across every change that has a control, beside the same across the control.
 *
 * @param clusterOf what of runs is resampled together.
 * @param isLookedAt which pairs count. It must not tell the change from the control: what is selected by one of them differs from the other
 *   by that alone.
 */
export function coursePairs(
  courses: readonly Course[],
  plan: CheckpointPlan,
  clusterOf: (run: string) => string,
  isLookedAt: (pair: readonly [CheckpointWindow, CheckpointWindow], run: string) => boolean = () => true,
): CoursePair[] {
  return plan.runs.flatMap(({ run, windows }) => {
    const own = courses.filter((course) => course.run === run);
    return windows.flatMap((control) => {
      if (control.controlOf === null) return [];
      const change = windows[control.controlOf];
      if (!isLookedAt([change, control], run)) return [];
      return own.flatMap(({ measure, isOf, across }) => {
        if (!isOf(change.layer)) return [];
        const [moved, anyway] = [across(change), across(control)];
        return moved === null || anyway === null
          ? []
          : [{ run, measure, cluster: clusterOf(run), change: moved, control: anyway }];
      });
    });
  });
}

/** Courses of what was measured at checkpoints, which know the very steps of a window. */
export function checkpointCourses(
  values: readonly CheckpointValue[],
  subjectOf: (measure: string) => MeasureSubject,
): Course[] {
  const courses = new Map<string, Course & { readonly at: Map<number, number> }>();
  for (const { run, measure, subject, step, value } of values) {
    if (!value.determined) continue;
    const key = JSON.stringify([run, measure, subject]);
    const known = courses.get(key);
    if (known !== undefined) {
      known.at.set(step, value.value);
      continue;
    }
    const at = new Map([[step, value.value]]);
    const isOf = (layer: string): boolean => belongsTo(subject, subjectOf(measure), layer);
    const across = ({ before, after }: CheckpointWindow): number | null => {
      const [from, to] = [at.get(before), at.get(after)];
      return from === undefined || to === undefined ? null : to - from;
    };
    courses.set(key, { run, measure, subject, isOf, across, at });
  }
  return [...courses.values()];
}

/**
 * Whether a layer, an attention module or a parameter is, or is part of, a layer. What a block attends to belongs to all layers of the
 * block, what the network answers to all layers.
 */
function belongsTo(subject: string, of: MeasureSubject, layer: string): boolean {
  if (subject === layer || subject.startsWith(`${layer}.`) || layer.startsWith(`${subject}.`)) return true;
  if (of === 'classes') return true;
  return of === 'attention' && layer.startsWith(subject.slice(0, subject.lastIndexOf('.') + 1));
}
