import { type Points, squaredDistance } from './points.ts';

/**
 * Mean silhouette width (Rousseeuw 1987), Euclidean: for each point (b − a) / max(a, b), with a its mean distance from
 * the others of its cluster and b from the nearest other cluster; 0 for a point alone in its cluster. O(n²).
 *
 * @param labels cluster of each point, whole numbers from 0.
 * @returns −1 to 1, or why there is none: it needs at least two clusters.
 */
export function meanSilhouette(
  points: Points,
  labels: ArrayLike<number>,
): { determined: true; value: number } | { determined: false; reason: string } {
  const { count } = points;
  if (count === 0) return { determined: false, reason: 'there are no points' };
  let clusters = 0;
  for (let i = 0; i < count; i++) clusters = Math.max(clusters, labels[i] + 1);
  const sizes = new Uint32Array(clusters);
  for (let i = 0; i < count; i++) sizes[labels[i]]++;
  if (sizes.filter((size) => size > 0).length < 2) {
    return { determined: false, reason: 'a silhouette needs at least two clusters' };
  }
  const sums = new Float64Array(clusters);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const own = labels[i];
    if (sizes[own] === 1) continue;
    sums.fill(0);
    for (let j = 0; j < count; j++) sums[labels[j]] += Math.sqrt(squaredDistance(points, i, points, j));
    let other = Number.POSITIVE_INFINITY;
    for (let c = 0; c < clusters; c++) {
      if (c !== own && sizes[c] > 0) other = Math.min(other, sums[c] / sizes[c]);
    }
    const within = sums[own] / (sizes[own] - 1);
    const larger = Math.max(within, other);
    if (larger > 0) total += (other - within) / larger;
  }
  return { determined: true, value: total / count };
}
