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

/** The same of several clusterings of the same points, whose distances are found once. */
export function meanSilhouettes(points: Points, clusterings: readonly ArrayLike<number>[]): Silhouette[] {
  const { count } = points;
  const sizes = clusterings.map((labels) => sizesOf(labels, count));
  const sums = distanceSums(points, clusterings, sizes);
  let first = 0;
  return clusterings.map((labels, k): Silhouette => {
    const offset = first;
    first += sizes[k].length;
    if (count === 0) return { determined: false, reason: 'there are no points' };
    if (sizes[k].filter((size) => size > 0).length < 2)
      return { determined: false, reason: 'a silhouette needs at least two clusters' };
    return { determined: true, value: meanWidth(labels, sizes[k], sums, offset) };
  });
}

function sizesOf(labels: ArrayLike<number>, count: number): Uint32Array {
  let clusters = 0;
  for (let i = 0; i < count; i++) clusters = Math.max(clusters, labels[i] + 1);
  const sizes = new Uint32Array(clusters);
  for (let i = 0; i < count; i++) sizes[labels[i]]++;
  return sizes;
}

/** The sums of distances of each point from those of each cluster: [point][clustering, cluster]. */
function distanceSums(
  points: Points,
  clusterings: readonly ArrayLike<number>[],
  sizes: readonly Uint32Array[],
): Float64Array {
  const { count } = points;
  const width = sizes.reduce((sum, { length }) => sum + length, 0);
  const sums = new Float64Array(count * width);
  const each = clusterings.length;
  const columns = new Uint32Array(count * each);
  for (let k = 0, first = 0; k < each; first += sizes[k++].length)
    for (let i = 0; i < count; i++) columns[i * each + k] = first + clusterings[k][i];
  // Of each pair once: either sum takes in its distances in the order of the points.
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const distance = Math.sqrt(squaredDistance(points, i, points, j));
      for (let k = 0; k < each; k++) {
        sums[i * width + columns[j * each + k]] += distance;
        sums[j * width + columns[i * each + k]] += distance;
      }
    }
  }
  return sums;
}

/** @param sums of all clusterings; `offset` is the first column of this one. */
function meanWidth(
  labels: ArrayLike<number>,
  sizes: Uint32Array,
  sums: Float64Array,
  offset: number,
): number {
  const count = labels.length;
  const width = sums.length / count;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const own = labels[i];
    const row = i * width + offset;
    if (sizes[own] === 1) continue;
    let other = Number.POSITIVE_INFINITY;
    for (let c = 0; c < sizes.length; c++) {
      if (c !== own && sizes[c] > 0) other = Math.min(other, sums[row + c] / sizes[c]);
    }
    const within = sums[row + own] / (sizes[own] - 1);
    const larger = Math.max(within, other);
    if (larger > 0) total += (other - within) / larger;
  }
  return total / count;
}
