import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanCost } from '../../../../src/dynamics/costs/mean-cost.ts';
import { meanVarianceCost } from '../../../../src/dynamics/costs/mean-variance-cost.ts';
import { trendCost } from '../../../../src/dynamics/costs/trend-cost.ts';
import type { Cost } from '../../../../src/dynamics/costs/types.ts';
import { optimalPartition } from '../../../../src/dynamics/detectors/segmentation/optimal-partition.ts';
import { createRandom } from '../../../../src/numerics/random.ts';
import { exhaustivePartition, objectiveOf } from './exhaustive-partition.ts';

const costs: [string, (values: Float64Array) => Cost][] = [
  ['mean', meanCost],
  ['trend', trendCost],
  ['mean and variance', (values) => meanVarianceCost(values, 1e-3)],
];
/** Few distinct values make ties and equal stretches; real ones make neither. */
const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: -3, max: 3, noNaN: true }));
const shortSeries = fc
  .array(value, { minLength: 2, maxLength: 12 })
  .map((values) => Float64Array.from(values));

describe.each(costs)('the optimal partition under the cost of a %s', (_, costOf) => {
  const smallest = costOf(Float64Array.of(0, 1)).minSize;
  it.each([0, 1, 2, 3])('is the one that exhaustive search finds, minimum length + %i', (further) => {
    const minSize = smallest + further;
    fc.assert(
      fc.property(shortSeries, fc.double({ min: 0, max: 6, noNaN: true }), (values, penalty) => {
        const cost = costOf(values);
        const found = optimalPartition(cost, penalty, minSize);
        const best = exhaustivePartition(cost, penalty, minSize);
        if (best.objective === Number.POSITIVE_INFINITY) {
          expect(found).toEqual({ boundaries: [], objective: Number.POSITIVE_INFINITY });
          return;
        }
        expect(found.objective).toBeCloseTo(best.objective, 9);
        expect(objectiveOf(cost, found.boundaries, penalty, minSize)).toBeCloseTo(best.objective, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('is that of optimal partitioning without pruning, where pruning has much to do', () => {
    const rng = createRandom('long');
    for (const minSize of [2, 5, 9]) {
      const values = Float64Array.from(
        { length: 300 },
        (_, i) => 4 * (Math.floor(i / 37) % 3) + rng.normal(),
      );
      const cost = costOf(values);
      const { boundaries, objective } = optimalPartition(cost, 12, minSize);
      expect(objective).toBeCloseTo(unprunedObjective(cost, 12, minSize), 6);
      expect(objectiveOf(cost, boundaries, 12, minSize)).toBeCloseTo(objective, 6);
      expect(boundaries.length).toBeGreaterThan(4);
    }
  });
});

describe('the optimal partition', () => {
  it('does not forget a start before what beats it may itself be a start (ruptures pull request 383)', () => {
    const cost = meanCost(Float64Array.of(0, 1, 0, 0, 1));
    const { boundaries, objective } = optimalPartition(cost, 0.1, 2);
    expect(boundaries).toEqual([]);
    expect(objective).toBeCloseTo(1.2, 12);
  });

  it('of a series shorter than two segments is the whole', () => {
    const cost = meanCost(Float64Array.of(0, 9, 0));
    expect(optimalPartition(cost, 0, 2)).toMatchObject({ boundaries: [] });
    expect(optimalPartition(cost, 0, 4).objective).toBe(Number.POSITIVE_INFINITY);
  });

  it('mirrors with the series', () => {
    const rng = createRandom('mirror');
    const values = Float64Array.from({ length: 200 }, (_, i) => (i < 70 || i >= 120 ? 0 : 3) + rng.normal());
    const forward = optimalPartition(meanCost(values), 10, 5);
    const backward = optimalPartition(meanCost(values.slice().reverse()), 10, 5);
    expect(backward.boundaries.map((at) => 200 - at).reverse()).toEqual(forward.boundaries);
    expect(forward.boundaries.length).toBe(2);
  });
});

/** Jackson et al. 2005: every start is tried for every end. */
function unprunedObjective(cost: Cost, penalty: number, minSize: number): number {
  const best = [-penalty];
  for (let end = 1; end <= cost.length; end++) {
    best[end] = Number.POSITIVE_INFINITY;
    for (let start = 0; start <= end - minSize; start++)
      best[end] = Math.min(best[end], best[start] + cost.error(start, end) + penalty);
  }
  return best[cost.length];
}
