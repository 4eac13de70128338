import type { Cost } from '../costs/types.ts';

/** A series cut into segments. */
export interface Partition {
  /** First index of every segment but the first, ascending. */
  readonly boundaries: readonly number[];
  /** Cost of all segments, and the penalty for every boundary. */
  readonly objective: number;
}

const NEVER = 2 ** 31 - 1;
/** With many starts in question they are gone through at every eighth end only. */
const MANY = 64;

/**
 * The cheapest of all partitions into segments of at least `minSize`, by PELT (Killick, Fearnhead & Eckley 2012).
 *
 * A start s that a boundary at t beats can be forgotten, but with a minimum length only for ends at t + minSize and
 * beyond: before, no segment may start at t, and s may still be best (ruptures pull request 383 has an example).
 *
 * @returns objective +∞ where the series is shorter than `minSize`.
 */
export function optimalPartition(cost: Cost, penalty: number, minSize: number): Partition {
  const n = cost.length;
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const lastStart = new Int32Array(n + 1);
  best[0] = -penalty;
  // The starts still in question, the cost of all before each, and the first end for which each is out.
  const starts = new Int32Array(n + 1);
  const before = new Float64Array(n + 1);
  const outAt = new Int32Array(n + 1);
  const totals = new Float64Array(n + 1);
  let count = 0;
  for (let end = minSize; end <= n; end++) {
    const newest = end - minSize;
    if (newest === 0 || newest >= minSize) {
      starts[count] = newest;
      before[count] = best[newest];
      outAt[count++] = NEVER;
    }
    cost.errorsUntil(starts, count, end, totals);
    let lowest = Number.POSITIVE_INFINITY;
    let lowestAt = 0;
    for (let i = 0; i < count; i++) {
      const total = totals[i] + before[i];
      totals[i] = total;
      if (total < lowest) {
        lowest = total;
        lowestAt = i;
      }
    }
    best[end] = lowest + penalty;
    lastStart[end] = starts[lowestAt];
    // Forgetting late is as right as forgetting at once, and where nothing changes there is nothing to forget.
    if (count > MANY && end % 8 !== 0) continue;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (totals[i] > best[end] && outAt[i] === NEVER) outAt[i] = end + minSize;
      if (outAt[i] <= end + 1) continue;
      if (kept < i) {
        starts[kept] = starts[i];
        before[kept] = before[i];
        outAt[kept] = outAt[i];
      }
      kept++;
    }
    count = kept;
  }
  return partitionFrom(best, lastStart, minSize);
}

/**
 * Reads the cheapest partition back from its end.
 *
 * @param best least objective of the first 0 … n measurements.
 * @param lastStart where the last segment of that partition starts.
 */
export function partitionFrom(best: Float64Array, lastStart: Int32Array, minSize: number): Partition {
  const n = best.length - 1;
  const boundaries: number[] = [];
  if (n >= minSize) for (let at = lastStart[n]; at > 0; at = lastStart[at]) boundaries.push(at);
  return { boundaries: boundaries.reverse(), objective: best[n] };
}
