import { describe, expect, it } from 'vitest';
import {
  divergenceFrom,
  predictNext,
  predictorNames,
} from '../../../src/mechanisms/predictions/in-context-predictors.ts';

describe('what is predicted in context', () => {
  it('counts symbols, or pairs, up to and with the present token', () => {
    const tokens = [0, 1, 0, 1];
    expect([...predictNext('uniform', tokens, 2)]).toEqual(Array(8).fill(0.5));
    // After 0: 2/3, 1/3. After 0 1: 2/4 each. After 0 1 0: 3/5. After 0 1 0 1: 3/6.
    expect([...predictNext('unigram', tokens, 2)]).toEqual([
      2 / 3,
      1 / 3,
      1 / 2,
      1 / 2,
      3 / 5,
      2 / 5,
      1 / 2,
      1 / 2,
    ]);
    // Nothing followed a 0, nothing a 1; then 0 was followed by 1 once; then 1 by 0 once.
    expect([...predictNext('bigram', tokens, 2)]).toEqual([0.5, 0.5, 0.5, 0.5, 1 / 3, 2 / 3, 2 / 3, 1 / 3]);
  });

  it('are distributions', () => {
    const tokens = Array.from({ length: 50 }, (_, t) => (t * t) % 5);
    for (const name of predictorNames) {
      const rows = predictNext(name, tokens, 5);
      for (let t = 0; t < 50; t++) {
        expect(rows.subarray(5 * t, 5 * t + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      }
    }
  });
});

describe('the divergence of answers from a predictor', () => {
  it('is 0 for its own probabilities, whatever is added to all logits', () => {
    const p = Float64Array.of(0.2, 0.3, 0.5, 0.9, 0.05, 0.05);
    expect(
      divergenceFrom(
        p,
        p.map((value) => Math.log(value) + 700),
        3,
      ),
    ).toBeCloseTo(0, 12);
  });

  it('is Σ p ln(p/q): of (1, 0) from even odds ln 2', () => {
    expect(divergenceFrom(Float64Array.of(1, 0), [3, 3], 2)).toBeCloseTo(Math.log(2), 12);
    // Two rows: ½ ln(½/¾) + ½ ln(½/¼), and 0.
    const expected = (0.5 * Math.log(2 / 3) + 0.5 * Math.log(2)) / 2;
    expect(divergenceFrom(Float64Array.of(0.5, 0.5, 0.5, 0.5), [Math.log(3), 0, 1, 1], 2)).toBeCloseTo(
      expected,
      12,
    );
  });
});
