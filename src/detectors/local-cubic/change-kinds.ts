import { type ChangeKind, newKindId, responseOf } from './change-kind.ts';

/** A change of the level that is complete with the `width`-th measurement, in a straight line: a step where that is 1. */
export function transition(width: number): ChangeKind {
  transitions[width] ??= straight(width);
  return transitions[width];
}

/** One of each, for windows keep what they know of a kind. */
const transitions: ChangeKind[] = [];

function straight(width: number): ChangeKind {
  const course = (start: number) => (s: number) => Math.min(1, Math.max(0, (s - start + 1) / width));
  const fromTheFirst = course(0);
  return {
    id: newKindId(),
    extent: width,
    divisor: width,
    course,
    along: (sums, first, end, into) => {
      for (let p = first; p < end; p++) into[p - first] = sums[p] - sums[p + width];
    },
    response: (window) => responseOf(window, fromTheFirst),
  };
}

/** A change of the slope by 1 a measurement: the sum of steps at all places after it. */
export const kink: ChangeKind = {
  id: newKindId(),
  extent: 1,
  divisor: 1,
  course: (start) => (s) => Math.max(0, s - start),
  along: (sums, first, end, into) => into.set(sums.subarray(first + 1, end + 1)),
  response: (window) => responseOf(window, slope),
};

function slope(s: number): number {
  return Math.max(0, s);
}

/** The product of a vector with the one change of a kind that begins at a position; see `ChangeKind.along`. */
export function alongAt(kind: ChangeKind, stepSums: Float64Array, position: number): number {
  kind.along(stepSums, position, position + 1, single);
  return single[0] / kind.divisor;
}

const single = new Float64Array(1);
