import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapStatistic, referenceInertias } from '../../src/numerics/gap-statistic.ts';
import { kMeans } from '../../src/numerics/k-means.ts';
import type { Points } from '../../src/numerics/points.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import { meanSilhouette, meanSilhouettes } from '../../src/numerics/silhouette.ts';

const pointsOf = (rows: number[][]): Points => ({
  data: Float64Array.from(rows.flat()),
  count: rows.length,
  dimensions: rows[0].length,
});

/** Least inertia over every assignment of the points to k clusters. */
function exhaustiveInertia(rows: number[][], k: number): number {
  let best = Infinity;
  for (let code = 0; code < k ** rows.length; code++) {
    const groups: number[][][] = Array.from({ length: k }, () => []);
    for (let i = 0, rest = code; i < rows.length; i++, rest = Math.floor(rest / k))
      groups[rest % k].push(rows[i]);
    let inertia = 0;
    for (const group of groups) {
      for (let j = 0; j < rows[0].length; j++) {
        const center = group.reduce((sum, row) => sum + row[j], 0) / group.length;
        for (const row of group) inertia += (row[j] - center) ** 2;
      }
    }
    best = Math.min(best, inertia);
  }
  return best;
}

/** Normal clouds around centers 10 apart along the diagonal. */
function clouds(clusters: number, each: number, seed: string): Points {
  const rng = createRandom(seed);
  return pointsOf(
    Array.from({ length: clusters * each }, (_, i) => [
      10 * (i % clusters) + rng.normal(),
      10 * (i % clusters) + rng.normal(),
    ]),
  );
}

describe('k-means', () => {
  it('reaches the least inertia that exhaustive search finds', () => {
    const coordinate = fc.integer({ min: -20, max: 20 });
    const rows = fc.array(fc.tuple(coordinate, coordinate), { minLength: 4, maxLength: 7 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 3 }), fc.nat(), (data, k, seed) => {
        const { inertia } = kMeans(pointsOf(data), k, createRandom(seed), { restarts: 60 });
        expect(inertia).toBeCloseTo(exhaustiveInertia(data, k), 8);
      }),
      { numRuns: 60 },
    );
  });

  it('is not stuck where only a single point that drags its center along leads further', () => {
    const data: [number, number][] = [
      [15, 4],
      [0, 0],
      [-1, 0],
      [0, 16],
      [0, 0],
    ];
    expect(kMeans(pointsOf(data), 2, createRandom(0)).inertia).toBeCloseTo(184.5 + 2 / 3, 10);
  });

  it('labels every point with its nearest center', () => {
    const points = clouds(3, 20, 'labels');
    const { labels, centers } = kMeans(points, 3, createRandom(1));
    for (let i = 0; i < points.count; i++) {
      const distances = [0, 1, 2].map((c) =>
        Math.hypot(
          points.data[2 * i] - centers.data[2 * c],
          points.data[2 * i + 1] - centers.data[2 * c + 1],
        ),
      );
      expect(distances[labels[i]]).toBe(Math.min(...distances));
    }
    expect(new Set(Array.from(labels, (label, i) => `${label} ${i % 3}`)).size).toBe(3);
  });

  it('gives the same clusters for the same seed', () => {
    const points = clouds(4, 10, 'seed');
    expect(kMeans(points, 4, createRandom(5))).toEqual(kMeans(points, 4, createRandom(5)));
  });

  it('refuses more clusters than points', () => {
    expect(() => kMeans(pointsOf([[1], [2]]), 3, createRandom(1))).toThrow(
      'allowed: 1 to the number of points, 2',
    );
  });
});

describe('mean silhouette', () => {
  const rows = [
    [0, 0],
    [1, 0],
    [0, 2],
    [8, 8],
    [9, 8],
    [4, 1],
  ];

  it('follows Rousseeuw’s definition (computed in NumPy), a lone point counting 0', () => {
    expect(meanSilhouette(pointsOf(rows), [0, 0, 0, 1, 1, 2])).toEqual({
      determined: true,
      value: expect.closeTo(0.5617580363668545, 14),
    });
  });

  it('does not depend on how clusters are numbered', () => {
    expect(meanSilhouette(pointsOf(rows), [5, 5, 5, 0, 0, 2])).toEqual(
      meanSilhouette(pointsOf(rows), [0, 0, 0, 1, 1, 2]),
    );
  });

  it('of several clusterings at once are those of each by itself, to the last digit', () => {
    const points = clouds(3, 15, 'silhouettes');
    const clusterings = [2, 1, 5, 3].map((k) => Array.from({ length: 45 }, (_, i) => (i * i) % k));
    expect(meanSilhouettes(points, clusterings)).toEqual(
      clusterings.map((labels) => meanSilhouette(points, labels)),
    );
  });

  it('is undefined for a single cluster', () => {
    expect(meanSilhouette(pointsOf(rows), [0, 0, 0, 0, 0, 0])).toMatchObject({ determined: false });
  });
});

describe('gap statistic', () => {
  it.each([2, 3])('finds %i well separated clouds on a line', (clusters) => {
    expect(gapStatistic(clouds(clusters, 25, 'gap'), createRandom('gap')).clusters).toBe(clusters);
  });

  it('finds five clouds on a circle', () => {
    const rng = createRandom('circle');
    const rows = Array.from({ length: 80 }, (_, i) => [
      8 * Math.cos((i * 2 * Math.PI) / 5) + rng.normal(),
      8 * Math.sin((i * 2 * Math.PI) / 5) + rng.normal(),
    ]);
    expect(gapStatistic(pointsOf(rows), rng).clusters).toBe(5);
  });

  it('is not misled by correlated coordinates', () => {
    const rng = createRandom('correlated');
    const rows = Array.from({ length: 80 }, () => {
      const x = rng.normal();
      return [x, x + 0.1 * rng.normal(), rng.normal()];
    });
    expect(gapStatistic(pointsOf(rows), rng).clusters).toBe(1);
  });

  it.each([
    ['normal', (random: Random) => random.normal()],
    ['uniform', (random: Random) => random.uniform()],
  ])('answers one cluster for a structureless %s cloud, nearly always', (name, draw) => {
    const rng = createRandom(name);
    const answers = Array.from({ length: 40 }, (_, trial) => {
      const random = rng.fork(trial);
      const rows = Array.from({ length: 60 }, () => [draw(random), draw(random)]);
      return gapStatistic(pointsOf(rows), random, { maxClusters: 4, references: 10, restarts: 2 }).clusters;
    });
    expect(answers.filter((clusters) => clusters === 1).length).toBeGreaterThanOrEqual(35);
  });

  it('reports inertias that fall with k and a curve from one cluster on', () => {
    const { curve } = gapStatistic(clouds(3, 15, 'curve'), createRandom(2));
    expect(curve.map(({ clusters }) => clusters)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (let k = 1; k < curve.length; k++) expect(curve[k].inertia).toBeLessThan(curve[k - 1].inertia);
  });

  it('is the same where its reference data sets were clustered before, in whatever order', () => {
    const points = clouds(3, 15, 'references');
    const options = { maxClusters: 4, references: 5, restarts: 2 };
    const inertias = referenceInertias(points, createRandom(3), options);
    const known: number[][] = [];
    for (const reference of [4, 0, 2, 1, 3]) known[reference] = inertias(reference);
    expect(gapStatistic(points, createRandom(3), { ...options, known })).toEqual(
      gapStatistic(points, createRandom(3), options),
    );
    // They are looked at.
    const doubled = known.map((own) => own.map((inertia) => 2 * inertia));
    const [{ gap }] = gapStatistic(points, createRandom(3), { ...options, known }).curve;
    expect(gapStatistic(points, createRandom(3), { ...options, known: doubled }).curve[0].gap).toBeCloseTo(
      gap + Math.log(2),
      12,
    );
  });

  it('tries fewer clusters than there are distinct points', () => {
    const { curve } = gapStatistic(pointsOf([[0], [0], [1], [5], [5]]), createRandom(1));
    expect(curve).toHaveLength(2);
    expect(curve.every(({ gap }) => Number.isFinite(gap))).toBe(true);
    expect(() => gapStatistic(pointsOf([[0], [0], [1]]), createRandom(1))).toThrow('three distinct points');
  });
});
