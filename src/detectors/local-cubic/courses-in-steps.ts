import { dot, removeProjections } from '../../numerics/orthonormal-polynomials.ts';
import { whiten } from './noise-model.ts';
import type { WhitenedWindow, WindowFit } from './whitened-window.ts';

/** Gaps within a window that differ by less than this factor leave a decay over training smooth over the order too. */
const ALIKE = 3;
/** A decay over training has lives from half a window's length in steps down to this power of a half. */
const SHORTEST_LIFE = 6;
/** What a course leaves of itself, below which it says nothing new. */
const NOTHING_NEW = 1e-6;

/**
 * Sum of squares that courses smooth over training steps take from a window's residual: cubics and, where measurements are
 * dense here and sparse there, decays. Seen in the measurements' order, which knows no gaps, they have steps and kinks
 * where the spacing changes.
 *
 * @param positions of the window's measurements on the axis of training, strictly increasing.
 */
export function gainOfCoursesInSteps(
  { trend, noise }: WhitenedWindow,
  { residual }: WindowFit,
  positions: Float64Array,
): number {
  const first = positions[0];
  const last = positions[positions.length - 1];
  const courses = legendreAt(positions.map((x) => (2 * (x - first)) / (last - first) - 1));
  if (largestGapOverSmallest(positions) > ALIKE) {
    for (let k = 1; k <= SHORTEST_LIFE; k++)
      courses.push(positions.map((x) => Math.exp((-(x - first) / (last - first)) * 2 ** k)));
  }
  const basis = [...trend];
  let gained = 0;
  for (const course of courses) {
    const whitened = whiten(course, noise);
    const before = Math.sqrt(dot(whitened, whitened));
    const norm = removeProjections(whitened, basis);
    if (!(norm > NOTHING_NEW * before)) continue;
    for (let s = 0; s < whitened.length; s++) whitened[s] /= norm;
    basis.push(whitened);
    gained += dot(whitened, residual) ** 2;
  }
  return gained;
}

/** Legendre polynomials of degree 1 to 3 at places within [−1, 1]. */
function legendreAt(x: Float64Array): Float64Array[] {
  return [x.slice(), x.map((at) => (3 * at * at - 1) / 2), x.map((at) => (5 * at ** 3 - 3 * at) / 2)];
}

function largestGapOverSmallest(positions: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let s = 1; s < positions.length; s++) {
    const gap = positions[s] - positions[s - 1];
    smallest = Math.min(smallest, gap);
    largest = Math.max(largest, gap);
  }
  return largest / smallest;
}
