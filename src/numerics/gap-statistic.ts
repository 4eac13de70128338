import { type Clustering, kMeans } from './k-means.ts';
import { mean, standardDeviation } from './moments.ts';
import type { Points } from './points.ts';
import type { Random } from './random.ts';

export interface GapOptions {
  /** Largest number of clusters tried. Default 8, never more than points. */
  readonly maxClusters?: number;
  /** Reference data sets. Default 20. */
  readonly references?: number;
  /** k-means starts per data set and k. Default 5. */
  readonly restarts?: number;
}

export interface GapPoint {
  readonly clusters: number;
  readonly inertia: number;
  /** Mean log inertia of the references less log inertia of the data. */
  readonly gap: number;
  /** Monte Carlo standard error: sd·√(1 + 1/references). */
  readonly standardError: number;
}

export interface GapStatistic {
  /** The least k with gap(k) >= gap(k+1) − se(k+1); 1 means that the data show no clusters. */
  readonly clusters: number;
  /** Whether such a k was found below the largest one tried; else `clusters` is that largest one. */
  readonly settled: boolean;
  /** One entry per number of clusters, from 1. */
  readonly curve: readonly GapPoint[];
  /** The k-means solution of each entry of `curve`. */
  readonly clusterings: readonly Clustering[];
}

/**
 * How many clusters, if more than one (Tibshirani, Walther & Hastie 2001): the log inertia of k-means is compared with
 * its mean over data sets of equal size drawn uniformly from the data's bounding box (their reference a).
 *
 * @param points at least 3, not all equal.
 * @example
 * gapStatistic(points, createRandom(1)).clusters; // 1: no evidence of types
 */
export function gapStatistic(points: Points, rng: Random, options: GapOptions = {}): GapStatistic {
  const { references = 20, restarts = 5 } = options;
  const most = Math.min(options.maxClusters ?? 8, distinctPoints(points) - 1);
  if (most < 2)
    throw new RangeError('the gap statistic needs at least three distinct points and maxClusters from 2');
  const clusterAll = (data: Points, random: Random): Clustering[] =>
    Array.from({ length: most }, (_, i) => kMeans(data, i + 1, random.fork(i + 1), { restarts }));
  const clusterings = clusterAll(points, rng.fork('data'));
  const referenceLogs = Array.from({ length: references }, (_, b) => {
    const random = rng.fork(`reference ${b}`);
    return clusterAll(uniformInBox(points, random), random).map(({ inertia }) => Math.log(inertia));
  });
  const curve = clusterings.map(({ inertia }, i): GapPoint => {
    const logs = referenceLogs.map((run) => run[i]);
    return {
      clusters: i + 1,
      inertia,
      gap: mean(logs) - Math.log(inertia),
      standardError: standardDeviation(logs) * Math.sqrt(1 + 1 / references),
    };
  });
  const first = curve
    .slice(0, -1)
    .find((point, i) => point.gap >= curve[i + 1].gap - curve[i + 1].standardError);
  return { clusters: first?.clusters ?? most, settled: first !== undefined, curve, clusterings };
}

/** With as many clusters as distinct points the inertia is 0 and has no logarithm. */
function distinctPoints({ data, count, dimensions }: Points): number {
  const seen = new Set<string>();
  for (let i = 0; i < count; i++) seen.add(data.subarray(i * dimensions, (i + 1) * dimensions).join());
  return seen.size;
}

function uniformInBox({ data, count, dimensions }: Points, rng: Random): Points {
  const low = new Float64Array(dimensions).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(dimensions).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < data.length; i++) {
    low[i % dimensions] = Math.min(low[i % dimensions], data[i]);
    high[i % dimensions] = Math.max(high[i % dimensions], data[i]);
  }
  const drawn = Float64Array.from(data, (_, i) => {
    const j = i % dimensions;
    return low[j] + (high[j] - low[j]) * rng.uniform();
  });
  return { data: drawn, count, dimensions };
}
