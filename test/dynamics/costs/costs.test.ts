import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanCost } from '../../../src/dynamics/costs/mean-cost.ts';
import { meanVarianceCost } from '../../../src/dynamics/costs/mean-variance-cost.ts';
import { trendCost } from '../../../src/dynamics/costs/trend-cost.ts';
import type { Cost } from '../../../src/dynamics/costs/types.ts';

const SMALLEST = 1e-6;
/** What one rounding of Σ y², 40 values of 100 at the most, becomes in a cost that divides it by the smallest variance. */
const ROUNDING = (40 * 100 ** 2 * 2 ** -52) / SMALLEST;
const series = fc
  .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 40 })
  .map((values) => Float64Array.from(values));
const segment = series.chain((values) =>
  fc
    .uniqueArray(fc.nat(values.length), { minLength: 2, maxLength: 2 })
    .map((edges) => ({ values, start: Math.min(...edges), end: Math.max(...edges) })),
);

/** Squared deviations by the definition: from the least-squares polynomial's values, normal equations of 1 and i. */
function deviations(values: Float64Array, withSlope: boolean): number {
  const m = values.length;
  const mean = values.reduce((sum, y) => sum + y / m, 0);
  const center = (m - 1) / 2;
  const moment = values.reduce((sum, y, i) => sum + (i - center) * (y - mean), 0);
  const spread = values.reduce((sum, _, i) => sum + (i - center) ** 2, 0);
  const slope = withSlope && m > 1 ? moment / spread : 0;
  return values.reduce((sum, y, i) => sum + (y - mean - slope * (i - center)) ** 2, 0);
}

/** Twice the negative log-likelihood, its variance found by golden-section search rather than in closed form. */
function normalCost(values: Float64Array): number {
  const squares = deviations(values, false);
  const at = (logVariance: number) => values.length * logVariance + squares / Math.exp(logVariance);
  let [low, high] = [Math.log(SMALLEST), 12];
  for (let i = 0; i < 100; i++) {
    const [a, b] = [high - 0.618034 * (high - low), low + 0.618034 * (high - low)];
    if (at(a) < at(b)) high = b;
    else low = a;
  }
  return at(low);
}

const costs: [string, (values: Float64Array) => Cost, (values: Float64Array) => number][] = [
  ['mean', meanCost, (values) => deviations(values, false)],
  ['trend', trendCost, (values) => deviations(values, true)],
  ['mean and variance', (values) => meanVarianceCost(values, SMALLEST), normalCost],
];

describe.each(costs)('cost of a %s', (_, costOf, reference) => {
  it('is what its definition says, for every segment', () => {
    fc.assert(
      fc.property(segment, ({ values, start, end }) => {
        const expected = reference(values.slice(start, end));
        expect(costOf(values).error(start, end)).toBeCloseTo(expected, 4);
      }),
      { numRuns: 300 },
    );
  });

  it('is never more for two parts than for the whole, which pruning rests on', () => {
    fc.assert(
      fc.property(segment, ({ values, start, end }) => {
        const cost = costOf(values);
        for (let cut = start + 1; cut < end; cut++) {
          const parts = cost.error(start, cut) + cost.error(cut, end);
          expect(parts).toBeLessThanOrEqual(cost.error(start, end) + ROUNDING);
        }
      }),
    );
  });

  it('is the same for many starts at once', () => {
    fc.assert(
      fc.property(series, (values) => {
        const cost = costOf(values);
        const starts = Int32Array.from({ length: values.length - 1 }, (_, i) => i);
        const into = new Float64Array(values.length);
        cost.errorsUntil(starts, starts.length, values.length, into);
        for (const start of starts) expect(into[start]).toBeCloseTo(cost.error(start, values.length), 6);
      }),
    );
  });
});

describe('costs in closed form', () => {
  it('of a step', () => expect(meanCost(Float64Array.of(0, 0, 3, 3)).error(0, 4)).toBe(9));
  it('of a line', () => expect(trendCost(Float64Array.of(1, 3, 5, 7, 0)).error(0, 4)).toBeCloseTo(0, 12));
  it('of ±1', () => {
    const cost = meanVarianceCost(Float64Array.of(1, -1, 1, -1), SMALLEST);
    expect(cost.error(0, 4)).toBeCloseTo(4, 12);
  });
  it('of equal values, whose variance stays at the smallest allowed', () => {
    const cost = meanVarianceCost(Float64Array.of(2, 2, 2), SMALLEST);
    expect(cost.error(0, 3)).toBeCloseTo(3 * Math.log(SMALLEST), 9);
  });
});
