import { type Clustering, kMeans } from './k-means.ts';
import { mean, standardDeviation } from './moments.ts';
import type { Points } from './points.ts';
import { alongPrincipalAxes } from './principal-axes.ts';
import type { Random } from './random.ts';
import { studentTQuantile } from './student-t.ts';

export interface GapOptions {
  /** Largest number of clusters tried. Default 8, never more than points. */
  readonly maxClusters?: number;
  /** Reference data sets. Default 20. */
  readonly references?: number;
  /** k-means starts per data set and k. Default 5. */
  readonly restarts?: number;
  /** What `referenceInertias` found of each reference data set, where that was done before, on several threads say; found here if absent. */
  readonly known?: readonly (readonly number[])[];
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
  /** 1 means that the data show no clusters. */
  readonly clusters: number;
  /** One entry per number of clusters, from 1. */
  readonly curve: readonly GapPoint[];
  /** Cluster of each point, 0 … k−1, for each entry of `curve`. */
  readonly labels: readonly Uint32Array[];
}

/** Probability of finding clusters where there is one uniform cloud: Bonferroni over the numbers tried. */
const LEVEL = 0.05;

/**
 * How many clusters, if more than one (Tibshirani, Walther & Hastie 2001): the log inertia of k-means is compared with
 * its mean over data sets of equal size drawn uniformly from the data's bounding box along their principal axes (their
 * reference b, which does not mistake the correlation of two coordinates for clusters).
 *
 * There are clusters at all if the gap of some k exceeds that of one cluster by more than a t-quantile times its standard
 * error; then the number is the least k from 2 whose gap the next does not exceed by one standard error. (Their rule
 * applies the second condition from 1 on, and so answers "one" for five clouds on a circle or three on a line, where
 * the gap falls before it rises. From 2 on it can still answer too few, but does not cut long clusters into pieces.)
 *
 * @param points at least 3, not all equal.
 * @example
 * gapStatistic(points, createRandom(1)).clusters; // 1: no evidence of types
 */
export function gapStatistic(points: Points, rng: Random, options: GapOptions = {}): GapStatistic {
  const { references = 20, restarts } = options;
  if (!(references >= 2)) throw new RangeError(`references are ${references}; allowed: at least 2`);
  const most = mostClusters(points, options);
  const clusterings = clusterAll(alongPrincipalAxes(points), most, rng.fork('data'), restarts);
  const known =
    options.known ??
    Array.from({ length: references }, (_, b) => b).map(referenceInertias(points, rng, options));
  const referenceLogs = known.map((inertias) => inertias.map(Math.log));
  const curve = clusterings.map(({ inertia }, i): GapPoint => {
    const logs = referenceLogs.map((run) => run[i]);
    return {
      clusters: i + 1,
      inertia,
      gap: mean(logs) - Math.log(inertia),
      standardError: standardDeviation(logs) * Math.sqrt(1 + 1 / references),
    };
  });
  const margin = studentTQuantile(1 - LEVEL / (most - 1), references - 1);
  const clustered = curve.some(({ gap, standardError }) => gap - curve[0].gap > margin * standardError);
  const stops = ({ gap }: GapPoint, next: GapPoint): boolean => gap >= next.gap - next.standardError;
  const first = curve.findIndex((point, i) => i > 0 && (i + 1 === most || stops(point, curve[i + 1])));
  return { clusters: clustered ? first + 1 : 1, curve, labels: clusterings.map(({ labels }) => labels) };
}

/**
 * Finds the inertia of a reference data set for each number of clusters, from 1. Each set, which are counted from 0, stands by itself: its inertias are
 * the same in whatever order and on whatever thread they are found.
 *
 * @param options as of the gap statistic that they are for; `references` and `known` are not looked at.
 * @example
 * const rng = createRandom(1);
 * gapStatistic(points, rng, { references: 2, known: [0, 1].map(referenceInertias(points, rng)) });
 */
export function referenceInertias(
  points: Points,
  rng: Random,
  options: GapOptions = {},
): (reference: number) => number[] {
  const most = mostClusters(points, options);
  const aligned = alongPrincipalAxes(points);
  return (reference) => {
    const random = rng.fork(`reference ${reference}`);
    const drawn = uniformInBox(aligned, random);
    return clusterAll(drawn, most, random, options.restarts).map(({ inertia }) => inertia);
  };
}

function mostClusters(points: Points, { maxClusters = 8 }: GapOptions): number {
  const most = Math.min(maxClusters, distinctPoints(points) - 1);
  if (most < 2)
    throw new RangeError('the gap statistic needs at least three distinct points and maxClusters from 2');
  return most;
}

/** Clusterings into 1, 2, … clusters. */
function clusterAll(points: Points, most: number, random: Random, restarts = 5): Clustering[] {
  return Array.from({ length: most }, (_, i) => kMeans(points, i + 1, random.fork(i + 1), { restarts }));
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
