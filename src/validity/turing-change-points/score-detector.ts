import { InputError } from '../../errors/input-error.ts';
import type { DetectorUnderTest } from '../harness/types.ts';
import type { AnnotatedSeries, Annotations } from './files.ts';
import { type AnnotationScores, annotationScores } from './scores.ts';

/** What a detector made of one series of the data set. */
export type ScoredSeries = { readonly name: string; readonly n: number } & (
  | {
      readonly scored: true;
      readonly annotators: number;
      readonly found: readonly number[];
      /** Not testable by the detector's own word: scored as a series without a change. */
      readonly refused: boolean;
      readonly scores: AnnotationScores;
    }
  | { readonly scored: false; readonly reason: string }
);

export interface TuringScores {
  readonly series: readonly ScoredSeries[];
  /** Means over the scored series; null where there are none. */
  readonly mean: { readonly f1: number; readonly covering: number } | null;
  readonly scored: number;
  readonly refused: number;
}

/**
 * Scores a detector on series with several annotators. Series of more than one dimension, and those that nobody has
 * annotated, are left out with the reason.
 *
 * @throws InputError where an annotation lies outside its series.
 */
export function scoreDetector(
  detect: DetectorUnderTest,
  all: readonly AnnotatedSeries[],
  annotations: Annotations,
  alpha: number,
): TuringScores {
  const series = all.map((one): ScoredSeries => {
    const { name, n, dimensions } = one;
    const marked = annotations.get(name);
    if (dimensions.length > 1) {
      return { name, n, scored: false, reason: `${dimensions.length} dimensions; a detector takes one` };
    }
    if (marked === undefined || marked.length === 0) {
      return { name, n, scored: false, reason: 'not in annotations.json' };
    }
    const outside = marked.flat().find((index) => index >= n);
    if (outside !== undefined) {
      const allowed = `indices from 0 to ${n - 1}`;
      throw new InputError({ file: 'annotations.json', field: name, value: outside, allowed });
    }
    // A missing observation is left out, not guessed; the others keep their places.
    const places = Float64Array.from(dimensions[0].keys()).filter((i) => Number.isFinite(dimensions[0][i]));
    const found = detect(
      places.map((i) => dimensions[0][i]),
      alpha,
      places,
    );
    const indices = (found ?? []).map(({ index }) => places[index]).sort((a, b) => a - b);
    return {
      name,
      n,
      scored: true,
      annotators: marked.length,
      found: indices,
      refused: found === null,
      scores: annotationScores(marked, indices, n),
    };
  });
  const scored = series.filter((one) => one.scored);
  const mean = (of: (scores: AnnotationScores) => number): number =>
    scored.reduce((sum, { scores }) => sum + of(scores) / scored.length, 0);
  return {
    series,
    mean: scored.length === 0 ? null : { f1: mean(({ f1 }) => f1), covering: mean((s) => s.covering) },
    scored: scored.length,
    refused: scored.filter(({ refused }) => refused).length,
  };
}
