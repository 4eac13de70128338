import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanCost } from '../../../src/detectors/costs/mean-cost.ts';
import { meanVarianceCost } from '../../../src/detectors/costs/mean-variance-cost.ts';
import { trendCost } from '../../../src/detectors/costs/trend-cost.ts';
import type { Cost } from '../../../src/detectors/costs/types.ts';
import { optimalLevelPartition } from '../../../src/detectors/segmentation/optimal-level-partition.ts';
import { optimalPartition, type Partition } from '../../../src/detectors/segmentation/optimal-partition.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { exhaustivePartition, objectiveOf } from './exhaustive-partition.ts';

type Solver = (values: Float64Array, penalty: number, minSize: number) => Partition;
const solved = (partition: Partition | null): Partition => {
  if (partition === null) throw new Error('given up');
  return partition;
};
const varianceCost = (values: Float64Array) => meanVarianceCost(values, 1e-3);
const byLevel: Solver = (values, ...rest) => solved(optimalLevelPartition(meanCost(values), ...rest));
const by =
  (costOf: (values: Float64Array) => Cost): Solver =>
  (values, ...rest) =>
    optimalPartition(costOf(values), ...rest);
const costs: [string, (values: Float64Array) => Cost, Solver][] = [
  ['mean', meanCost, by(meanCost)],
  ['mean, by functional pruning', meanCost, byLevel],
  ['trend', trendCost, by(trendCost)],
  ['mean and variance', varianceCost, by(varianceCost)],
];
/** Few distinct values make ties and equal stretches; real ones make neither. */
const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: -3, max: 3, noNaN: true }));
const shortSeries = fc
  .array(value, { minLength: 2, maxLength: 12 })
  .map((values) => Float64Array.from(values));

describe.each(costs)('the optimal partition under the cost of a %s', (_, costOf, solve) => {
  const smallest = costOf(Float64Array.of(0, 1)).minSize;
  it.each([0, 1, 2, 3])('is the one that exhaustive search finds, minimum length + %i', (further) => {
    const minSize = smallest + further;
    fc.assert(
      fc.property(shortSeries, fc.double({ min: 0, max: 6, noNaN: true }), (values, penalty) => {
        const cost = costOf(values);
        const found = solve(values, penalty, minSize);
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
      const { boundaries, objective } = solve(values, 12, minSize);
      expect(objective).toBeCloseTo(unprunedObjective(cost, 12, minSize), 6);
      expect(objectiveOf(cost, boundaries, 12, minSize)).toBeCloseTo(objective, 6);
      expect(boundaries.length).toBeGreaterThan(4);
    }
  });
});

describe.each([
  ['PELT', by(meanCost)],
  ['functional pruning', byLevel],
])('the optimal partition by %s', (_, solve) => {
  it('does not forget a start before what beats it may itself be a start (ruptures pull request 383)', () => {
    const { boundaries, objective } = solve(Float64Array.of(0, 1, 0, 0, 1), 0.1, 2);
    expect(boundaries).toEqual([]);
    expect(objective).toBeCloseTo(1.2, 12);
  });

  it('of a series shorter than two segments is the whole', () => {
    const values = Float64Array.of(0, 9, 0);
    expect(solve(values, 0, 2)).toMatchObject({ boundaries: [] });
    expect(solve(values, 0, 4).objective).toBe(Number.POSITIVE_INFINITY);
  });

  it('mirrors with the series', () => {
    const rng = createRandom('mirror');
    const values = Float64Array.from({ length: 200 }, (_, i) => (i < 70 || i >= 120 ? 0 : 3) + rng.normal());
    const forward = solve(values, 10, 5);
    const backward = solve(values.slice().reverse(), 10, 5);
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

describe('functional pruning', () => {
  const rng = createRandom('few');
  const noise = Float64Array.from({ length: 20_000 }, () => rng.normal());

  it('looks at a few starts an end, also where nothing changes', () => {
    expect(optimalLevelPartition(meanCost(noise), 20, 5, 20 * noise.length)).toMatchObject({
      boundaries: [],
    });
  });

  it('gives up when its budget is spent', () => {
    expect(optimalLevelPartition(meanCost(noise), 20, 5, 1000)).toBeNull();
  });
});
