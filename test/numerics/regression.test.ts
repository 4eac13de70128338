import { describe, expect, it } from 'vitest';
import { blockPermutationTest } from '../../src/numerics/block-permutation.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { leastSquares, poissonRegression } from '../../src/numerics/regression.ts';

describe('least squares', () => {
  it('is the line through points on a line, and the mean without predictors', () => {
    const [slope, intercept] = leastSquares(
      [
        [1, 1],
        [2, 1],
        [4, 1],
      ],
      [5, 7, 11],
    )!;
    expect(slope).toBeCloseTo(2, 12);
    expect(intercept).toBeCloseTo(3, 12);
    expect(leastSquares([[1], [1]], [2, 4])![0]).toBeCloseTo(3, 12);
  });

  it('has no answer where columns depend on each other', () => {
    expect(
      leastSquares(
        [
          [1, 2],
          [2, 4],
          [3, 6],
        ],
        [1, 2, 4],
      ),
    ).toBeNull();
  });
});

describe('Poisson regression with exposure', () => {
  // Reference: statsmodels 0.15.0 GLM(counts, rows, family=Poisson(), exposure=exposures).fit(tol=1e-14).
  const rows = [
    [0, 1],
    [1, 1],
    [2, 1],
    [0.5, 1],
    [3, 1],
    [1.5, 1],
  ];
  const counts = [2, 3, 9, 0, 14, 4];
  const exposures = [10, 8, 12, 5, 11, 9];

  it('agrees with statsmodels', () => {
    const found = poissonRegression(rows, counts, exposures)!;
    expect(found[0]).toBeCloseTo(0.7038569817774385, 10);
    expect(found[1]).toBeCloseTo(-1.8278800755761988, 10);
  });

  it('solves the equations of the likelihood', () => {
    const found = poissonRegression(rows, counts, exposures)!;
    const means = rows.map((row, i) => exposures[i] * Math.exp(row[0] * found[0] + row[1] * found[1]));
    for (const k of [0, 1]) {
      expect(rows.reduce((sum, row, i) => sum + row[k] * (counts[i] - means[i]), 0)).toBeCloseTo(0, 9);
    }
  });

  it('is the ratio of rates for two groups, and has no answer for a group without any count', () => {
    const groups = [
      [0, 1],
      [1, 1],
    ];
    expect(poissonRegression(groups, [3, 12], [10, 20])![0]).toBeCloseTo(Math.log(12 / 20 / (3 / 10)), 10);
    expect(poissonRegression(groups, [0, 12], [10, 20])).toBeNull();
  });
});

describe('permutation within blocks', () => {
  const x = [1, 2, 3, 1, 2, 3];
  const y = [1, 2, 3, 4, 5, 6];
  const statistic = (order: readonly number[]) =>
    order.reduce((sum, from, i) => sum + (x[i] - 2) * y[from], 0);

  it('is exact where there are few arrangements, each block on its own', () => {
    // Of 6 × 6 arrangements only both ascending and both descending are as extreme.
    const found = blockPermutationTest(
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      statistic,
      createRandom(1),
    );
    expect(found).toEqual({ pValue: 2 / 36, smallest: 2 / 36 });
  });

  it('draws arrangements where there are many, by its seed alone', () => {
    const many = Array.from({ length: 10 }, (_, b) => [2 * b, 2 * b + 1]);
    const values = many.flatMap(([a]) => [0, a % 3 === 0 ? 1 : -0.5]);
    const difference = (order: readonly number[]) =>
      many.reduce((sum, [a, b]) => sum + values[order[b]] - values[order[a]], 0);
    const eleven = [...many, [20, 21], [22, 23], [24, 25]];
    const grown = (order: readonly number[]) => difference(order.slice(0, 20).map((i) => i));
    const [exact, drawn] = [many, eleven].map((blocks, i) =>
      blockPermutationTest(blocks, i === 0 ? difference : grown, createRandom(7)),
    );
    expect(drawn.smallest).toBe(1 / 2000);
    expect(drawn.pValue).toBeCloseTo(exact.pValue, 1);
    expect(blockPermutationTest(eleven, grown, createRandom(7))).toEqual(drawn);
  });
});
