import type { Change, Detection } from '../detectors/types.ts';

/** The jumps among what was detected: steps in level. A kink of the slope and a change of variance are changes, but no jumps. */
export function jumpsIn(detection: Detection): readonly Change[] {
  return detection.testable ? detection.changes.filter(({ kind }) => kind === 'level') : [];
}
