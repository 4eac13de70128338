import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, benjaminiYekutieli, holm } from '../../src/numerics/multiple-testing.ts';

// The worked example of Benjamini & Hochberg (1995), § 4: thrombolysis trials, fifteen comparisons.
const TRIALS = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];
const rejected = (adjusted: Float64Array) => adjusted.filter((p) => p <= 0.05).length;
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

describe('adjusted p-values', () => {
  it('reject as many as the paper: four by Benjamini-Hochberg, three with family-wise control', () => {
    expect(rejected(benjaminiHochberg(TRIALS))).toBe(4);
    expect(rejected(holm(TRIALS))).toBe(3);
    expect(rejected(benjaminiYekutieli(TRIALS))).toBe(3);
  });

  it('are the step-up and step-down formulas, worked by hand', () => {
    const p = [0.02, 0.01, 0.04, 0.03];
    expect(Array.from(holm(p)).map(round)).toEqual([0.06, 0.04, 0.06, 0.06]);
    expect(Array.from(benjaminiHochberg(p)).map(round)).toEqual([0.04, 0.04, 0.04, 0.04]);
    // 1 + 1/2 + 1/3 + 1/4 = 25/12 times the above
    expect(Array.from(benjaminiYekutieli(p)).map(round)).toEqual([0.0833, 0.0833, 0.0833, 0.0833]);
  });

  it('reject what the definition rejects, at any level', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p, alpha) => {
        const sorted = p.toSorted((a, b) => a - b);
        const m = p.length;
        // Step-up: the largest k with p(k) <= kα/m. Step-down: the first k with p(k) > α/(m−k+1) stops.
        const up = sorted.findLastIndex((value, i) => (m * value) / (i + 1) <= alpha) + 1;
        const stop = sorted.findIndex((value, i) => (m - i) * value > alpha);
        expect(benjaminiHochberg(p).filter((value) => value <= alpha)).toHaveLength(up);
        expect(holm(p).filter((value) => value <= alpha)).toHaveLength(stop < 0 ? m : stop);
      }),
    );
  });

  it('keep the order of the p-values and never fall below them', () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(holm, benjaminiHochberg, benjaminiYekutieli), (p, adjust) => {
        const adjusted = adjust(p);
        p.forEach((value, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(Math.min(1, value * (1 - 1e-12)));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          p.forEach((other, j) => {
            if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]);
          });
        });
      }),
    );
  });

  it('refuse what is no probability', () => {
    expect(() => holm([0.1, Number.NaN])).toThrow('pValues[1] is NaN');
    expect(() => benjaminiHochberg([1.5])).toThrow('pValues[0] is 1.5');
  });
});

function round(value: number): number {
  return Number(value.toFixed(4));
}
