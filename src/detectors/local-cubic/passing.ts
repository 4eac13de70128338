import { type ChangeKind, newKindId, responseOf } from './change-kind.ts';
import { alongAt } from './change-kinds.ts';
import { type NoiseModel, whiten } from './noise-model.ts';
import type { WhitenedWindow, WindowFit } from './whitened-window.ts';

/** How far from a change what dies out may begin, and how many measurements a box that ends with it may hold. */
const NEAR = 8;
/** Lives of what decays, in measurements. */
const LIVES = [0.3, 1.5, 3, 5, 8];
/** A decay counts as one where so many lives of it are seen. */
const LIVES_SEEN = 2;
/** Values before a box that show what it comes back to. */
const BEFORE_BOX = 3;

/**
 * Whether something that dies out explains more of a window than `gained`: an exponential decay that begins around a
 * change, or a box of up to eight values that ends with it. Of neither more is claimed than the window shows: that it
 * came back.
 *
 * @param start position of the change in the window.
 */
export function passingFitsBetter(
  window: WhitenedWindow,
  fit: WindowFit,
  start: number,
  width: number,
  gained: number,
): boolean {
  const first = Math.max(0, start - NEAR);
  const last = Math.min(start + width, window.length - 1);
  for (const life of LIVES) {
    const squares = decaySquares(window, life);
    const along = alongDecays(fit.residual, window.noise, life);
    for (let onset = first; onset <= Math.min(last, window.length - LIVES_SEEN * life); onset++)
      if (along[onset] ** 2 > gained * squares[onset]) return true;
  }
  for (let onset = Math.max(first, BEFORE_BOX); onset < start; onset++) {
    const kind = box(start - onset);
    if (alongAt(kind, fit.stepSums, onset) ** 2 > gained * window.squares(kind)[onset]) return true;
  }
  return false;
}

/** A level that is left for `width` measurements: a step up and one down. */
function box(width: number): ChangeKind {
  return boxes[width - 1];
}

const boxes = Array.from({ length: NEAR }, (_, i): ChangeKind => {
  const width = i + 1;
  const course = (start: number) => (s: number) => (s >= start && s < start + width ? 1 : 0);
  return {
    id: newKindId(),
    extent: width,
    divisor: 1,
    course,
    along: (sums, first, end, into) => {
      for (let p = first; p < end; p++)
        into[p - first] = sums[p] - sums[p + 1] - sums[p + width] + (sums[p + width + 1] ?? 0);
    },
    response: (window) => responseOf(window, course(0)),
  };
});

/**
 * Products of a vector with the decays that begin at each position, in one pass from the end: from its third value on, a
 * whitened decay shrinks by the same factor.
 */
function alongDecays(vector: Float64Array, noise: NoiseModel, life: number): Float64Array {
  const shrink = Math.exp(-1 / life);
  const [, , first, second, third] = whiten(Float64Array.of(0, 0, 1, shrink, shrink * shrink), noise);
  const along = new Float64Array(vector.length);
  let beyond = 0;
  for (let p = vector.length - 1; p >= 0; p--) {
    const next = vector[p + 1] ?? 0;
    const afterNext = vector[p + 2] ?? 0;
    beyond = afterNext + shrink * beyond;
    along[p] = first * vector[p] + second * next + third * beyond;
  }
  return along;
}

const squaresByWindow = new WeakMap<WhitenedWindow, Map<number, Float64Array>>();

/** Squared lengths of the decays that begin at each position, whitened and freed of their cubic. */
function decaySquares(window: WhitenedWindow, life: number): Float64Array {
  let known = squaresByWindow.get(window);
  if (known === undefined) {
    known = new Map();
    squaresByWindow.set(window, known);
  }
  let squares = known.get(life);
  if (squares === undefined) {
    const response = responseOf(window, (s) => (s < 0 ? 0 : Math.exp(-s / life)));
    const raw = new Float64Array(window.length + 1);
    for (let s = 0; s < window.length; s++) raw[s + 1] = raw[s] + response[s] * response[s];
    const projections = window.trend.map((q) => alongDecays(q, window.noise, life));
    squares = new Float64Array(window.length);
    for (let p = 0; p < window.length; p++) squares[p] = raw[window.length - p];
    for (const along of projections)
      for (let p = 0; p < window.length; p++) squares[p] -= along[p] * along[p];
    known.set(life, squares);
  }
  return squares;
}
