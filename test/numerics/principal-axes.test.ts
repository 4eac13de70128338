import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Points, squaredDistance } from '../../src/numerics/points.ts';
import { alongPrincipalAxes } from '../../src/numerics/principal-axes.ts';

const rows = fc.array(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 3 }), {
  minLength: 2,
  maxLength: 20,
});
const pointsOf = (data: number[][]): Points => ({
  data: Float64Array.from(data.flat()),
  count: data.length,
  dimensions: 3,
});

describe('principal axes', () => {
  it('turn the cloud without changing a distance', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const points = pointsOf(data);
        const turned = alongPrincipalAxes(points);
        for (let i = 1; i < points.count; i++) {
          expect(squaredDistance(turned, i, turned, 0)).toBeCloseTo(squaredDistance(points, i, points, 0), 6);
        }
      }),
    );
  });

  it('leave coordinates that are centered and uncorrelated', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const { data: turned, count } = alongPrincipalAxes(pointsOf(data));
        const sum = (term: (i: number) => number): number =>
          Array.from({ length: count }, (_, i) => term(3 * i)).reduce((a, b) => a + b, 0);
        for (const [p, q] of [
          [0, 1],
          [0, 2],
          [1, 2],
        ]) {
          expect(sum((i) => turned[i + p])).toBeCloseTo(0, 8);
          expect(sum((i) => turned[i + p] * turned[i + q])).toBeCloseTo(0, 6);
        }
      }),
    );
  });

  it('put points of a line on one axis', () => {
    const line = [-2, -1, 0, 1, 2].map((t) => [t, 2 * t, -2 * t]);
    const { data } = alongPrincipalAxes(pointsOf(line));
    const lengths = [0, 1, 2].map((j) => Math.abs(data[j])).sort((a, b) => a - b);
    expect(lengths).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12), expect.closeTo(6, 12)]);
  });
});
