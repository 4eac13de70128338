import type { Cost } from '../costs/types.ts';

/** Where a segment is best cut in two, and what the cut saves. */
export interface Split {
  /** First index of the right part. */
  readonly at: number;
  /** Cost saved, before any penalty. */
  readonly gain: number;
}

/** What a cut at `at` saves on the segment start … end − 1. */
export function gainOf(cost: Cost, start: number, at: number, end: number): number {
  return cost.error(start, end) - cost.error(start, at) - cost.error(at, end);
}

/** The cut that saves most, the first of equals; null where the segment is shorter than two of `minSize`. */
export function bestSplit(cost: Cost, start: number, end: number, minSize: number): Split | null {
  let [at, least] = [-1, Number.POSITIVE_INFINITY];
  for (let cut = start + minSize; cut <= end - minSize; cut++) {
    const total = cost.error(start, cut) + cost.error(cut, end);
    if (total < least) {
      least = total;
      at = cut;
    }
  }
  return at < 0 ? null : { at, gain: cost.error(start, end) - least };
}
