import { MAD_TO_SD } from '../../numerics/quantile.ts';
import { SlidingOrder } from '../../numerics/sliding-order.ts';
import type { Reference } from './reference.ts';
import type { Spread } from './spread.ts';

/**
 * Median and spread of what came before every place. The spread is the larger of two standard deviations: 1.4826 times the median
 * distance from the median, and the largest distance over what it is expected to be for a normal sample of this size.
 * The first alone takes volatile and heavy-tailed series for quiet ones: their bursts are few, but they come again.
 */
export function pastSpread(values: Float64Array, { firsts, ends }: Reference): Spread {
  const n = values.length;
  const medians = new Float64Array(n);
  const typical = new Float64Array(n);
  const deviations = new Float64Array(n);
  const sizes = new Int32Array(n);
  const window = new SlidingOrder(n);
  const largest = expectedLargestUpTo(n);
  // The window holds the values from `from` up to, not including, `to`.
  let from = 0;
  let to = 0;
  for (let t = 0; t < n; t++) {
    const first = firsts[t];
    const end = ends[t];
    if (first >= to) {
      window.clear();
      from = to = first;
    }
    while (from < first || to < end) {
      const leaving = from < first ? values[from++] : Number.NaN;
      const entering = to < end ? values[to++] : Number.NaN;
      slide(window, leaving, entering);
    }
    const { size } = window;
    sizes[t] = size;
    if (size < 2) continue;
    const median = window.median();
    medians[t] = median;
    typical[t] = MAD_TO_SD * window.medianDistance(median);
    deviations[t] = Math.max(typical[t], window.largestDistance(median) / largest[size]);
  }
  return { medians, typical, deviations, sizes };
}

/** One value leaves and one enters, if they are not NaN. */
function slide(window: SlidingOrder, leaving: number, entering: number): void {
  const leaves = !Number.isNaN(leaving);
  const enters = !Number.isNaN(entering);
  if (leaves && enters) window.replace(leaving, entering);
  else if (leaves) window.remove(leaving);
  else if (enters) window.add(entering);
}

/** About the largest of `size` distances of a normal sample, in standard deviations. */
export function expectedLargest(size: number): number {
  return Math.sqrt(2 * Math.log(size)) + 0.3;
}

let known = new Float64Array(0);

/** Of samples of 0 … `size` values: found once, for they are asked for at every place of every series. */
function expectedLargestUpTo(size: number): Float64Array {
  if (known.length <= size)
    known = Float64Array.from({ length: size + 1 }, (_, count) => expectedLargest(count));
  return known;
}
