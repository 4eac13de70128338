import { describe, expect, it } from 'vitest';
import { NearestCenters } from '../../src/numerics/nearest-centers.ts';
import { type Points, squaredDistance } from '../../src/numerics/points.ts';
import { createRandom } from '../../src/numerics/random.ts';

/** By definition: all distances are compared, and of equal ones the first counts. */
function compared(points: Points, centers: Points): { labels: number[]; inertia: number } {
  const labels: number[] = [];
  let inertia = 0;
  for (let i = 0; i < points.count; i++) {
    const distances = Array.from({ length: centers.count }, (_, c) => squaredDistance(points, i, centers, c));
    const nearest = Math.min(...distances);
    labels.push(distances.indexOf(nearest));
    inertia += nearest;
  }
  return { labels, inertia };
}

describe('the nearest centers of points', () => {
  it.each([1, 2, 5])('are to the last digit those that all distances give while %i centers move', (k) => {
    const rng = createRandom(k);
    const drawn = (count: number, dimensions: number): Points => ({
      // On a grid, so that some distances are equal.
      data: Float64Array.from({ length: count * dimensions }, () => Math.round(4 * rng.normal()) / 4),
      ...{ count, dimensions },
    });
    for (const dimensions of [1, 3]) {
      const [points, centers] = [drawn(200, dimensions), drawn(k, dimensions)];
      const nearest = new NearestCenters(points, centers);
      for (let round = 0; round < 30; round++) {
        const { labels, inertia } = compared(points, centers);
        expect(nearest.assign()).toBe(inertia);
        expect([...nearest.labels]).toEqual(labels);
        // By less and less, now and then one alone, as the centers of k-means do.
        const reach = round % 5 === 0 ? 1 : 0.5 / (1 + round);
        for (let at = 0; at < centers.data.length; at++)
          if (round % 3 > 0 || at < dimensions) centers.data[at] += reach * rng.normal();
      }
    }
  });

  it('are found anew where labels were changed meanwhile', () => {
    const points: Points = { data: Float64Array.of(0, 1, 9, 10), count: 4, dimensions: 1 };
    const centers: Points = { data: Float64Array.of(0, 10), count: 2, dimensions: 1 };
    const nearest = new NearestCenters(points, centers);
    nearest.assign();
    nearest.labels.set([1, 1, 0, 0]);
    nearest.forget();
    expect(nearest.assign()).toBe(2);
    expect([...nearest.labels]).toEqual([0, 0, 1, 1]);
  });
});
