import { whiten } from './noise-model.ts';
import type { Regressor, WhitenedWindow } from './whitened-window.ts';

/** A kind of change that is tested at every place of a series. */
export interface ChangeKind {
  /** Measurements from the first that the change moves to the first that it moves in full. */
  readonly extent: number;
  /** The change of size 1 that begins at a position. */
  course(start: number): Regressor;
  /** The product of a vector with the change that begins at a position, from its products with steps (`stepSums`). */
  along(stepSums: Float64Array, start: number): number;
  /** The change that begins at position 0, as the innovations of `length` measurements that come after a 0. */
  response(window: WhitenedWindow): Float64Array;
}

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

function responseOf({ length, noise }: WhitenedWindow, course: Regressor): Float64Array {
  // Two zeros first: the first values of a whitened series have weights of their own.
  const values = Float64Array.from({ length: length + 2 }, (_, s) => (s < 2 ? 0 : course(s - 2)));
  return whiten(values, noise).subarray(2);
}
