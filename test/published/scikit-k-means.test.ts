import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { mersenneTwister } from '../../src/published/mersenne-twister.ts';
import { samePartition, scikitKMeans } from '../../src/published/scikit-k-means.ts';

function column(seed: number): Float64Array {
  let x = seed;
  return Float64Array.from({ length: 60 }, () => {
    x = (x * 48271) % 2147483647;
    return x / 2147483647;
  });
}

/** scikit-learn 1.9: clusters, random_state, n_init, labels of the 60 points with columns 1, 2 and 3. */
const scikitLearn = [
  [2, 42, 10, '111001101011101100001001001001001100011110100011101111010000'],
  [3, 42, 10, '111001121211121100201201001001021122211112102211121111212200'],
  [5, 42, 10, '330114024230020011214210114114124022200302012234423400242211'],
  [4, 7, 3, '330110020230020011210210113110120022200302012230023000202211'],
  [1, 1, 1, '000000000000000000000000000000000000000000000000000000000000'],
] as const;

describe('k-means', () => {
  it.each(scikitLearn)(
    'gives scikit-learn’s labels for %i clusters from seed %i',
    (clusters, seed, restarts, labels) => {
      const random = mersenneTwister(seed);
      expect(
        [...scikitKMeans([column(1), column(2), column(3)], { clusters, restarts, random })].join(''),
      ).toBe(labels);
    },
  );

  it('finds groups that lie far apart, whatever the generator', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const points = Float64Array.from({ length: 90 }, (_, i) => 100 * (i % 3) + Math.sin(i));
        const labels = scikitKMeans([points], { clusters: 3, restarts: 5, random: createRandom(seed) });
        expect(
          samePartition(
            labels,
            points.map((_, i) => i % 3),
          ),
        ).toBe(true);
      }),
    );
  });

  it('takes points that all coincide', () => {
    const labels = scikitKMeans([new Float64Array(10).fill(1)], {
      clusters: 3,
      restarts: 2,
      random: createRandom(1),
    });
    expect(labels).toHaveLength(10);
    expect(new Set(labels).size).toBe(1);
  });
});

describe('sameness of partitions', () => {
  it('ignores the names of the groups', () => {
    expect(samePartition([0, 0, 1, 2], [2, 2, 0, 1])).toBe(true);
  });

  it('sees a group divided, two groups joined and a length that differs', () => {
    expect(samePartition([0, 0, 1], [0, 1, 2])).toBe(false);
    expect(samePartition([0, 1, 2], [0, 0, 1])).toBe(false);
    expect(samePartition([0, 1], [0, 1, 1])).toBe(false);
  });
});
