import { describe, expect, it } from 'vitest';
import { kMeans } from '../../../src/numerics/k-means.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { noClusters } from '../../../src/validity/data-checks/no-clusters.ts';
import { faultsOf } from './healthy-study.ts';

/** Normal points in the plane around three centers, `distance` from each other. */
function clustering(distance: number, count = 150) {
  const random = createRandom('points');
  const data = Float64Array.from({ length: 2 * count }, (_, at) => {
    const blob = Math.floor(at / 2) % 3;
    const center = at % 2 === 0 ? [0, 1, 0.5][blob] : [0, 0, 0.87][blob];
    return distance * center + random.normal();
  });
  const points = { data, count, dimensions: 2 };
  return { name: 'jump types', points, labels: kMeans(points, 3, random).labels };
}

describe('clusters', () => {
  const faults = (distance: number, count?: number) =>
    faultsOf(noClusters, { runs: [], clusterings: [clustering(distance, count)] });

  it('are none in one cloud, though k-means returns three', () => {
    expect(faults(0)).toMatchObject([{ severity: 'warning', count: 1, of: 1 }]);
    expect(faults(0)[0].message).toContain('the gap statistic finds one cluster');
  });

  it('are clusters in three clouds far apart', () => {
    expect(faults(8)).toEqual([]);
  });

  it('are no types where they hold a few outliers', () => {
    const { name, points, labels } = clustering(8, 600);
    const faultsWith = (outliers: number) => {
      // The last points of all, far off, as a cluster of their own.
      const data = points.data.map((value, at) => (at >= 2 * (600 - outliers) ? value + 60 : value));
      const apart = labels.map((label, i) => (i >= 600 - outliers ? 3 : label));
      const clusterings = [{ name, points: { ...points, data }, labels: apart }];
      return faultsOf(noClusters, { runs: [], clusterings });
    };
    expect(faultsWith(5)[0].message).toContain('1 of them hold less than 1 % of the points');
    expect(faultsWith(60)).toEqual([]);
  });

  it('are judged on a part of many points', () => {
    expect(faults(0, 3000)).toHaveLength(1);
    expect(faults(8, 3000)).toEqual([]);
  });

  it('are none where hardly any points differ', () => {
    const { points, labels } = clustering(8);
    const two = { ...points, data: points.data.map((_, at) => (at < 20 ? 1 : 0)) };
    const found = faultsOf(noClusters, { runs: [], clusterings: [{ name: 'types', points: two, labels }] });
    expect(found[0].message).toContain('fewer than three points differ');
  });
});
