import { describe, expect, it } from 'vitest';
import {
  bootstrapPValue,
  clusterBootstrap,
  percentileInterval,
  shareInterval,
} from '../../../src/findings/audit/cluster-bootstrap.ts';
import { ratioOfSums } from '../../../src/findings/audit/ratio-estimate.ts';
import { clopperPearsonInterval } from '../../../src/numerics/clopper-pearson-interval.ts';
import { standardDeviation } from '../../../src/numerics/moments.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const singles = (n: number) => Array.from({ length: n }, (_, i) => [i]);

describe('the bootstrap over clusters of runs', () => {
  it('has the spread of a mean, sd/√n, where every run is a cluster', () => {
    const rng = createRandom(1);
    const values = Float64Array.from({ length: 50 }, () => rng.normal());
    const replicates = clusterBootstrap(
      ratioOfSums(values, new Float64Array(50).fill(1)),
      [singles(50)],
      50,
      createRandom(2),
      4000,
    );
    // The standard error of a bootstrap sd from 4,000 replicates is about 1.1 %; five of them.
    expect(standardDeviation(replicates) / (standardDeviation(values) / Math.sqrt(50))).toBeCloseTo(1, 1);
  });

  it('is √m wider for clusters of m equal runs than for as many independent ones', () => {
    const rng = createRandom(3);
    const each = Array.from({ length: 25 }, () => rng.normal());
    const values = each.flatMap((value) => [value, value, value, value]);
    const mean = ratioOfSums(
      values,
      values.map(() => 1),
    );
    const clusters = each.map((_, c) => [4 * c, 4 * c + 1, 4 * c + 2, 4 * c + 3]);
    const together = clusterBootstrap(mean, [clusters], 100, createRandom(4), 4000);
    const apart = clusterBootstrap(mean, [singles(100)], 100, createRandom(5), 4000);
    expect(standardDeviation(together) / standardDeviation(apart)).toBeCloseTo(2, 0);
  });

  it('keeps the number of clusters of every stratum, and weight 0 for all else', () => {
    const seen: number[][] = [];
    clusterBootstrap(
      (weights) => {
        seen.push([weights[0] + weights[1], weights[2] + weights[3] + weights[4], weights[5]]);
        return 1;
      },
      [
        [[0], [1]],
        [[2], [3], [4]],
      ],
      6,
      createRandom(6),
      50,
    );
    expect(new Set(seen.map(String))).toEqual(new Set(['2,3,0']));
  });

  it('leaves out replicates in which the statistic is not defined', () => {
    const ratio = ratioOfSums([1, 0], [1, 0]);
    const replicates = clusterBootstrap(ratio, [singles(2)], 2, createRandom(7), 400);
    expect(replicates.length).toBeLessThan(400);
    expect([...new Set(replicates)]).toEqual([1]);
  });
});

describe('intervals and p-values of replicates', () => {
  it('has infinite ends where the replicates are infinite', () => {
    expect(percentileInterval(Float64Array.of(1, 2, Infinity, Infinity), 0.05)[1]).toBe(Infinity);
    expect(
      percentileInterval(
        Float64Array.from({ length: 1001 }, (_, i) => i),
        0.05,
      ),
    ).toEqual([25, 975]);
  });

  it('is the exact binomial interval over clusters for a share that never varies', () => {
    expect(shareInterval(new Float64Array(100).fill(1), 1, 8, 0.05)).toEqual(clopperPearsonInterval(8, 8));
    expect(shareInterval(new Float64Array(100), 0, 8, 0.05)).toEqual(clopperPearsonInterval(0, 8));
  });

  it('agrees with the percentile interval: p is at most alpha outside it, above alpha inside', () => {
    const replicates = Float64Array.from({ length: 1999 }, (_, i) => i / 1999);
    const [low, high] = percentileInterval(replicates, 0.05);
    expect(bootstrapPValue(replicates, low - 0.002)).toBeLessThanOrEqual(0.05);
    expect(bootstrapPValue(replicates, high + 0.002)).toBeLessThanOrEqual(0.05);
    expect(bootstrapPValue(replicates, low + 0.002)).toBeGreaterThan(0.05);
    expect(bootstrapPValue(replicates, 0.5)).toBe(1);
    expect(bootstrapPValue(replicates, 7)).toBe(2 / 2000);
  });
});
