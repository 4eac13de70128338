import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import type { CurveDescription, Stretch } from '../../dynamics/stretches/types.ts';
import type { DetectorUnderTest, FoundChange } from '../harness/types.ts';
import { MARGIN } from './scores.ts';

/**
 * The rises and falls of a curve as changes, each by the first value of what is new: a jump by its middle, what takes longer
 * by its start and its end, a turning point between two of them once. The ends of the series are none.
 *
 * `null`, not testable, for a curve that cannot be described.
 */
export const stretchChanges: DetectorUnderTest = (values, alpha) => {
  const description = describe(values, alpha);
  return description.described ? changesOf(description.stretches, values.length) : null;
};

/**
 * A detector's changes, and the jumps that it has not within the margin of one: a detector refuses series that wander, and
 * says nothing near the ends; a jump is told from wandering, and there too. Not testable only where neither can say anything.
 */
export function withJumps(detect: DetectorUnderTest): DetectorUnderTest {
  return (values, alpha, ...rest) => {
    const found = detect(values, alpha, ...rest);
    const description = describe(values, alpha);
    if (!description.described) return found;
    const jumps = changesOf(
      description.stretches.filter(({ pace }) => pace === 'jump'),
      values.length,
    );
    const far = jumps.filter((jump) =>
      (found ?? []).every(({ index }) => Math.abs(index - jump.index) > MARGIN),
    );
    return [...(found ?? []), ...far];
  };
}

function describe(values: Float64Array, alpha: number): CurveDescription {
  return describeCurve({ steps: Float64Array.from(values.keys()), values }, { alpha });
}

/** A turn that is flat for less than this is one change. */
const FLAT_TURN = 2 * MARGIN;

function changesOf(stretches: readonly Stretch[], n: number): FoundChange[] {
  const changes: FoundChange[] = [];
  const moving = stretches.filter(({ kind }) => kind === 'rise' || kind === 'fall');
  for (const [k, { pace, from, to }] of moving.entries()) {
    if (pace === 'jump') {
      changes.push({
        index: Math.ceil((from.index + to.index) / 2),
        interval: [from.interval[0], to.interval[1]],
      });
      continue;
    }
    const before = moving[k - 1];
    const turned =
      before !== undefined && before.pace !== 'jump' && from.index - before.to.index <= FLAT_TURN;
    // What lies within the margin of an end is that end.
    if (from.index > MARGIN && !turned) changes.push({ index: from.index + 1, interval: from.interval });
    if (to.index < n - MARGIN) changes.push({ index: to.index, interval: to.interval });
  }
  return changes;
}
