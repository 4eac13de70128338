import { type ChangeKind, responseOf } from './whitened-window.ts';

/** A change of the level that is complete with the `width`-th measurement, in a straight line: a step where that is 1. */
export function transition(width: number): ChangeKind {
  let kind = transitions.get(width);
  if (kind === undefined) {
    kind = straight(width);
    transitions.set(width, kind);
  }
  return kind;
}

/** One of each, for windows keep what they know of a kind. */
const transitions = new Map<number, ChangeKind>();

function straight(width: number): ChangeKind {
  const course = (start: number) => (s: number) => Math.min(1, Math.max(0, (s - start + 1) / width));
  return {
    extent: width,
    course,
    along: (sums, start) => (sums[start] - sums[start + width]) / width,
    response: (window) => responseOf(window, course(0)),
  };
}

/** A change of the slope by 1 a measurement: the sum of steps at all places after it. */
export const kink: ChangeKind = {
  extent: 1,
  course: (start) => (s) => Math.max(0, s - start),
  along: (sums, start) => sums[start + 1],
  response: (window) => responseOf(window, (s) => Math.max(0, s)),
};
