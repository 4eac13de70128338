import { type GapStatistic, gapStatistic } from '../../numerics/gap-statistic.ts';
import type { Points } from '../../numerics/points.ts';
import { permutation, type Random } from '../../numerics/random.ts';
import { meanSilhouette } from '../../numerics/silhouette.ts';
import { brief, counted, percent } from '../../wording/sentences.ts';
import type { ClaimedClustering } from './facts.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

/** Below it "no substantial structure has been found" (Kaufman & Rousseeuw 1990, table 4). */
const LEAST_SILHOUETTE = 0.25;
/** Of more points than these, so many are drawn. */
const MOST_POINTS = 500;
const FEWEST_POINTS = 10;
/** k-means gives a few far outliers a cluster of their own; that many make no type. */
const LEAST_SHARE = 0.01;

/** Types that are slices of one cloud: k-means with a fixed k finds k clusters in anything. */
export const noClusters: DataCheck = {
  name: 'no-clusters',
  question: 'Are claimed clusters no better than one cluster, or single outliers?',
  reason: 'A clustering with a given number of clusters returns that many whether or not there are any.',
  threshold:
    `the gap statistic (Tibshirani et al. 2001) settles on one cluster, or a mean silhouette below ` +
    `${LEAST_SILHOUETTE} (at most ${MOST_POINTS} points, drawn at random), or a cluster of less than ${percent(LEAST_SHARE)} of the points`,
  check({ clusterings = [] }, rng) {
    return clusterings.flatMap((clustering) => {
      const claimed = new Set(Array.from(clustering.labels)).size;
      const { data, count } = clustering.points;
      if (claimed < 2 || count < FEWEST_POINTS || !data.every(Number.isFinite)) return [];
      const random = rng.fork(clustering.name);
      const { points, labels } = thinned(clustering, random.fork('points'));
      const silhouette = meanSilhouette(points, labels);
      const found = gapOf(points, claimed, random.fork('gap'));
      const small = countBelow(clustering.labels, LEAST_SHARE * count);
      const grounds = [
        found === null ? 'fewer than three points differ' : null,
        found?.clusters === 1 ? 'the gap statistic finds one cluster' : null,
        silhouette.determined && silhouette.value < LEAST_SILHOUETTE
          ? `their mean silhouette is ${brief(silhouette.value)}, threshold ${LEAST_SILHOUETTE}`
          : null,
        small > 0
          ? `${small} of them hold less than ${percent(LEAST_SHARE)} of the points: outliers, not types`
          : null,
      ].filter((ground) => ground !== null);
      if (grounds.length === 0) return [];
      const message =
        `${clustering.name}: ${claimed} clusters are claimed of ${counted(count, 'point')}, but ` +
        grounds.join(', and ');
      const value = silhouette.determined ? silhouette.value : null;
      return [faultIn([{ run: null }], 1, { check: this.name, severity: 'warning', message, value })];
    });
  },
};

function countBelow(labels: ArrayLike<number>, least: number): number {
  const sizes = new Map<number, number>();
  for (const label of Array.from(labels)) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].filter((size) => size < least).length;
}

/** null where there are too few different points to look for clusters. */
function gapOf(points: Points, claimed: number, rng: Random): GapStatistic | null {
  const distinct = new Set(Array.from({ length: points.count }, (_, i) => point(points, i).join()));
  if (distinct.size < 3) return null;
  return gapStatistic(points, rng, { maxClusters: claimed + 1, references: 10, restarts: 3 });
}

function thinned({ points, labels }: ClaimedClustering, rng: Random): { points: Points; labels: number[] } {
  const { count, dimensions } = points;
  const chosen = Array.from(permutation(count, rng).subarray(0, MOST_POINTS)).sort((a, b) => a - b);
  const data = Float64Array.from(chosen.flatMap((i) => Array.from(point(points, i))));
  return { points: { data, count: chosen.length, dimensions }, labels: chosen.map((i) => labels[i]) };
}

function point({ data, dimensions }: Points, i: number): Float64Array {
  return data.subarray(i * dimensions, (i + 1) * dimensions);
}
