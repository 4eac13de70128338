import type { Cost } from '../costs/types.ts';
import { bestSplit, gainOf } from './segmentation/best-split.ts';
import { MinHeap } from './segmentation/min-heap.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';

/**
 * Cuts the series into segments of `minSize`, then joins neighbors, those first that lose least, until every join
 * would lose more than the penalty (Keogh et al. 2001); each boundary then moves to the best cut between its
 * neighbors. About n·log n. No error control. Spacing as for `pelt`.
 *
 * @throws InputError where an option is out of range.
 * @example
 * bottomUp({ steps, values });
 */
export const bottomUp = segmentationDetector<SegmentationOptions>((cost, { penalty, minSize }) => {
  const boundaries = joinedUp(cost, penalty, minSize);
  for (let i = 0; i < boundaries.length; i++) {
    const [start, end] = [boundaries[i - 1] ?? 0, boundaries[i + 1] ?? cost.length];
    boundaries[i] = bestSplit(cost, start, end, minSize)?.at ?? boundaries[i];
  }
  return boundaries;
});

function joinedUp(cost: Cost, penalty: number, minSize: number): number[] {
  const n = cost.length;
  // Boundary k separates segments k − 1 and k; 0 and `last` are the ends of the series.
  const last = Math.floor(n / minSize);
  const at = (k: number) => (k === last ? n : k * minSize);
  const before = Int32Array.from({ length: last + 1 }, (_, k) => k - 1);
  const after = Int32Array.from({ length: last + 1 }, (_, k) => k + 1);
  const losses = new Float64Array(last + 1).fill(Number.NaN);
  const queue = new MinHeap();
  const weigh = (k: number): void => {
    if (k <= 0 || k >= last) return;
    losses[k] = gainOf(cost, at(before[k]), at(k), at(after[k]));
    queue.push(losses[k], k);
  };
  for (let k = 1; k < last; k++) weigh(k);
  for (let least = queue.pop(); least !== undefined && least.key <= penalty; least = queue.pop()) {
    const { key, item } = least;
    // Entries from before a neighbor was joined are stale.
    if (losses[item] !== key) continue;
    losses[item] = Number.NaN;
    const [left, right] = [before[item], after[item]];
    after[left] = right;
    before[right] = left;
    weigh(left);
    weigh(right);
  }
  const boundaries: number[] = [];
  for (let k = after[0]; k < last; k = after[k]) boundaries.push(at(k));
  return boundaries;
}
