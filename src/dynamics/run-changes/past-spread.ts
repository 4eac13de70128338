import { MAD_TO_SD } from '../../numerics/quantile.ts';
import { slidingOrder } from '../../numerics/sliding-order.ts';
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
  const window = slidingOrder(n);
  // The window holds the values from `from` up to, not including, `to`.
  let [from, to] = [0, 0];
  for (let t = 0; t < n; t++) {
    for (; from < Math.min(firsts[t], to); from++)
      if (!Number.isNaN(values[from])) window.remove(values[from]);
    if (from < firsts[t]) from = to = firsts[t];
    for (; to < ends[t]; to++) if (!Number.isNaN(values[to])) window.add(values[to]);
    sizes[t] = window.size;
    if (window.size < 2) continue;
    medians[t] = window.median();
    typical[t] = MAD_TO_SD * window.medianDistance(medians[t]);
    deviations[t] = Math.max(typical[t], window.largestDistance(medians[t]) / expectedLargest(window.size));
  }
  return { medians, typical, deviations, sizes };
}

/** About the largest of `size` distances of a normal sample, in standard deviations. */
export function expectedLargest(size: number): number {
  return Math.sqrt(2 * Math.log(size)) + 0.3;
}
