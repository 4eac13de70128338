import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationScores } from '../../../src/validity/turing-change-points/scores.ts';

describe('scores against annotators', () => {
  it('are those of an example worked by hand', () => {
    // X = {0, 4, 8, 13, 19}, T* = {0, 5, 6, 12}: 0–0, 5–4, 6–8, 12–13, so P = 4/5.
    // {0, 5, 12}: all three; {0, 6}: both; so R = 1 and F1 = 1.6 / 1.8.
    // [0,5) 4/5, [5,12) 4/8, [12,20) 6/8: (4 + 3.5 + 6) / 20; [0,6) 4/6, [6,20) 6/14: (4 + 6) / 20.
    const { f1, precision, recall, covering } = annotationScores([[5, 12], [6]], [4, 8, 13, 19], 20);
    expect(precision).toBeCloseTo(4 / 5, 12);
    expect(recall).toBe(1);
    expect(f1).toBeCloseTo(8 / 9, 12);
    expect(covering).toBeCloseTo((13.5 / 20 + 10 / 20) / 2, 12);
  });

  it('are those of the example in the documentation', () => {
    // Annotator 1: (50·50/52 + 50·48/50) / 100; annotator 2 sees one segment: 52/100.
    const { f1, covering } = annotationScores([[50], []], [52], 100);
    expect(f1).toBe(1);
    expect(covering).toBeCloseTo(((50 * 50) / 52 / 100 + 0.48 + 0.52) / 2, 12);
  });

  it('count the trivial change at 0, so that finding nothing scores as more than nothing', () => {
    // X = {0}: P = 1, R = 1/3, F1 = 0.5.
    expect(annotationScores([[10, 15]], [], 20)).toMatchObject({ precision: 1, f1: 0.5 });
    expect(annotationScores([[]], [0], 20).f1).toBe(1);
  });

  it('let a found change stand for one annotated change only', () => {
    expect(annotationScores([[50, 52]], [51], 100).recall).toBeCloseTo(2 / 3, 12);
  });

  it('match within 5 observations and no further', () => {
    expect(annotationScores([[50]], [55], 100).f1).toBe(1);
    expect(annotationScores([[50]], [56], 100)).toMatchObject({ precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  it('are 1 for what all annotators say, and never outside 0 to 1', () => {
    const indices = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 8 });
    fc.assert(
      fc.property(indices, indices, indices, (a, b, found) => {
        expect(annotationScores([a, a], a, 200)).toMatchObject({ f1: 1, precision: 1, recall: 1 });
        expect(annotationScores([a, a], a, 200).covering).toBeCloseTo(1, 12);
        for (const score of Object.values(annotationScores([a, b], found, 200))) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});
