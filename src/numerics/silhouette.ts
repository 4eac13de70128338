import { type Points, squaredDistance } from './points.ts';

/** A mean silhouette width, −1 to 1, or why there is none. */
export type Silhouette =
  | { readonly determined: true; readonly value: number }
  | { readonly determined: false; readonly reason: string };

/**
 * Mean silhouette width (Rousseeuw 1987), Euclidean: for each point (b − a) / max(a, b), with a its mean distance from
 * the others of its cluster and b from the nearest other cluster; 0 for a point alone in its cluster. O(n²).
 *
 * @param labels cluster of each point, whole numbers from 0.
 * @returns −1 to 1, or why there is none: it needs at least two clusters.
 */
export function meanSilhouette(points: Points, labels: ArrayLike<number>): Silhouette {
  return meanSilhouettes(points, [labels])[0];
}

/** The same of several clusterings of the points: distances, which take nearly all of the time, are taken once. */
export function meanSilhouettes(
  points: Points,
  labelings: readonly ArrayLike<number>[],
): readonly Silhouette[] {
  const { count } = points;
  const sought = labelings.map((labels) => tallyOf(labels, count));
  const tallies = sought.filter(({ filled }) => filled >= 2);
  const distances = new Float64Array(count);
  if (tallies.length > 0) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) distances[j] = Math.sqrt(squaredDistance(points, i, points, j));
      for (const tally of tallies) tally.total += widthOf(i, distances, tally);
    }
  }
  return sought.map(({ filled, total }): Silhouette => {
    if (count === 0) return { determined: false, reason: 'there are no points' };
    if (filled < 2) return { determined: false, reason: 'a silhouette needs at least two clusters' };
    return { determined: true, value: total / count };
  });
}

interface Tally {
  readonly labels: ArrayLike<number>;
  /** Points of each cluster. */
  readonly sizes: Uint32Array;
  /** Clusters that have any. */
  readonly filled: number;
  /** Room for the distances from each cluster. */
  readonly sums: Float64Array;
  /** Of the widths so far. */
  total: number;
}

function tallyOf(labels: ArrayLike<number>, count: number): Tally {
  let clusters = 0;
  for (let i = 0; i < count; i++) clusters = Math.max(clusters, labels[i] + 1);
  const sizes = new Uint32Array(clusters);
  for (let i = 0; i < count; i++) sizes[labels[i]]++;
  const filled = sizes.filter((size) => size > 0).length;
  return { labels, sizes, filled, sums: new Float64Array(clusters), total: 0 };
}

/** @param distances of point `i` from all. */
function widthOf(i: number, distances: Float64Array, { labels, sizes, sums }: Tally): number {
  const own = labels[i];
  if (sizes[own] === 1) return 0;
  sums.fill(0);
  for (let j = 0; j < distances.length; j++) sums[labels[j]] += distances[j];
  let other = Number.POSITIVE_INFINITY;
  for (let c = 0; c < sizes.length; c++) {
    if (c !== own && sizes[c] > 0) other = Math.min(other, sums[c] / sizes[c]);
  }
  const within = sums[own] / (sizes[own] - 1);
  const larger = Math.max(within, other);
  return larger > 0 ? (other - within) / larger : 0;
}
