/** How well found changes agree with annotators. Both scores from 0 to 1. */
export interface AnnotationScores {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  readonly covering: number;
}

/** The margin of van den Burg & Williams. */
export const MARGIN = 5;

/**
 * Scores found changes against several annotators as van den Burg & Williams (2020, arXiv:2003.06222) define it.
 *
 * F1: precision against the changes of all annotators together, recall as the mean over annotators; a change is matched
 * within 5 observations, each found one to one annotated one at most; the trivial change at 0 is in every set.
 * Covering: each annotator's segments, weighted by length, by their largest Jaccard overlap with a found segment;
 * the mean over annotators. Like the authors' program, true changes are gone through in order and take the nearest.
 *
 * @param annotations of each annotator, indices of the first observation of each new segment; at least one annotator.
 * @param found indices, likewise.
 * @param n number of observations.
 * @example
 * annotationScores([[50], []], [52], 100); // { f1: 1, precision: 1, recall: 1, covering: 0.74… }
 */
export function annotationScores(
  annotations: readonly (readonly number[])[],
  found: readonly number[],
  n: number,
): AnnotationScores {
  const predicted = withTrivial(found);
  const sets = annotations.map(withTrivial);
  const precision = matches(withTrivial(sets.flat()), predicted) / predicted.length;
  const recall = meanOf(sets.map((set) => matches(set, predicted) / set.length));
  const segments = segmentsOf(predicted, n);
  return {
    f1: (2 * precision * recall) / (precision + recall),
    precision,
    recall,
    covering: meanOf(sets.map((set) => covering(segmentsOf(set, n), segments, n))),
  };
}

/** The set with 0 in it, ascending. */
function withTrivial(indices: readonly number[]): number[] {
  return [...new Set([0, ...indices])].sort((a, b) => a - b);
}

/** How many of `truth` have a prediction within the margin to themselves. */
function matches(truth: readonly number[], predicted: readonly number[]): number {
  const free = new Set(predicted);
  for (const index of truth) {
    let nearest: number | null = null;
    for (const candidate of free) {
      const distance = Math.abs(candidate - index);
      if (distance <= MARGIN && (nearest === null || distance < Math.abs(nearest - index)))
        nearest = candidate;
    }
    if (nearest !== null) free.delete(nearest);
  }
  return predicted.length - free.size;
}

type Segment = readonly [start: number, end: number];

function segmentsOf(starts: readonly number[], n: number): Segment[] {
  return starts.map((start, i) => [start, starts[i + 1] ?? n]);
}

function covering(truth: readonly Segment[], predicted: readonly Segment[], n: number): number {
  return truth.reduce((sum, segment) => {
    const best = predicted.reduce((most, other) => Math.max(most, jaccard(segment, other)), 0);
    return sum + ((segment[1] - segment[0]) * best) / n;
  }, 0);
}

function jaccard(a: Segment, b: Segment): number {
  const shared = Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
  return shared / (a[1] - a[0] + (b[1] - b[0]) - shared);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
