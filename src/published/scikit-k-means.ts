import { variance } from '../numerics/moments.ts';
import { pairwiseSum } from '../numerics/pairwise-sum.ts';
import type { Random } from '../numerics/random.ts';

/** Points as columns: one array per feature, all of equal length. */
export type Features = readonly Float64Array[];

export interface ScikitKMeansOptions {
  readonly clusters: number;
  /** Restarts; the one with the lowest inertia is kept. */
  readonly restarts: number;
  /** Source of the draws for the first centers. */
  readonly random: Pick<Random, 'uniform'>;
}

interface Clustering {
  readonly labels: Uint8Array;
  readonly inertia: number;
}

const MAX_ITERATIONS = 300;
/** Iteration ends when the centers move, in total, less than this share of the mean variance of the features. */
const RELATIVE_TOLERANCE = 1e-4;

/**
 * Cluster of each point by Lloyd's k-means with greedy k-means++ starts, in the manner of scikit-learn 1.3 and later:
 * the same draws in the same order, the same stopping rule, and a later restart replaces an earlier one only if its
 * inertia is lower *and* its partition differs. With NumPy's generator of the same seed this repeats scikit-learn's
 * labels, not only its partition.
 *
 * One departure: a cluster that loses all its points keeps its center (scikit-learn moves it to the farthest point).
 *
 * @param features standardized columns; at least one point; fewer than 256 clusters.
 * @returns a label 0 … clusters − 1 for each point.
 * Source: Arthur & Vassilvitskii 2007 (k-means++); its greedy form as described in scikit-learn's user guide.
 */
export function scikitKMeans(
  features: Features,
  { clusters, restarts, random }: ScikitKMeansOptions,
): Uint8Array {
  const tolerance =
    (RELATIVE_TOLERANCE * pairwiseSum(features.map((column) => variance(column)))) / features.length;
  let best: Clustering | null = null;
  for (let restart = 0; restart < restarts; restart++) {
    const found = lloyd(features, startingCenters(features, clusters, random), tolerance);
    if (best === null || (found.inertia < best.inertia && !samePartition(found.labels, best.labels)))
      best = found;
  }
  if (best === null) throw new RangeError(`restarts is ${restarts}; allowed: 1 or more`);
  return best.labels;
}

/** Greedy k-means++: of several points drawn in proportion to their squared distance, take the most useful. */
function startingCenters(
  features: Features,
  clusters: number,
  random: Pick<Random, 'uniform'>,
): Float64Array[] {
  const n = features[0].length;
  const trials = 2 + Math.floor(Math.log(clusters));
  const first = Math.floor(random.uniform() * n);
  const centers = [pointAt(features, first)];
  let nearest = squaredDistances(features, centers[0]);
  let potential = pairwiseSum(nearest);
  while (centers.length < clusters) {
    const sums = cumulative(nearest);
    const draws = Array.from({ length: trials }, () => random.uniform() * potential);
    let best: { point: Float64Array; nearest: Float64Array; potential: number } | null = null;
    for (const draw of draws) {
      const point = pointAt(features, firstReaching(sums, draw));
      const candidate = squaredDistances(features, point).map((d, i) => Math.min(d, nearest[i]));
      const total = pairwiseSum(candidate);
      if (best === null || total < best.potential) best = { point, nearest: candidate, potential: total };
    }
    if (best === null) break;
    centers.push(best.point);
    nearest = best.nearest;
    potential = best.potential;
  }
  return centers;
}

function lloyd(features: Features, start: Float64Array[], tolerance: number): Clustering {
  let centers = start;
  let labels = new Uint8Array(0);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const next = assign(features, centers);
    const moved = means(features, next, centers);
    const shift = pairwiseSum(moved.map((center, k) => squaredDistance(center, centers[k])));
    centers = moved;
    const settled = labels.length === next.length && next.every((label, i) => label === labels[i]);
    labels = next;
    if (settled) break;
    if (shift <= tolerance) {
      labels = assign(features, centers);
      break;
    }
  }
  let inertia = 0;
  features.forEach((column, f) => {
    for (let i = 0; i < labels.length; i++) inertia += square(column[i] - centers[labels[i]][f]);
  });
  return { labels, inertia };
}

function assign(features: Features, centers: readonly Float64Array[]): Uint8Array<ArrayBuffer> {
  const labels = new Uint8Array(features[0].length);
  const least = squaredDistances(features, centers[0]);
  for (let k = 1; k < centers.length; k++) {
    const distances = squaredDistances(features, centers[k]);
    for (let i = 0; i < labels.length; i++) {
      if (distances[i] < least[i]) {
        least[i] = distances[i];
        labels[i] = k;
      }
    }
  }
  return labels;
}

function means(features: Features, labels: Uint8Array, previous: readonly Float64Array[]): Float64Array[] {
  const counts = new Float64Array(previous.length);
  for (const label of labels) counts[label]++;
  const centers = previous.map((center, k) => (counts[k] === 0 ? center : new Float64Array(center.length)));
  features.forEach((column, f) => {
    for (let i = 0; i < labels.length; i++) centers[labels[i]][f] += column[i];
  });
  centers.forEach((center, k) => {
    if (counts[k] > 0) for (let f = 0; f < center.length; f++) center[f] /= counts[k];
  });
  return centers;
}

/** Whether two labelings group the points alike, whatever the labels are called. */
export function samePartition(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const toB = new Map<number, number>();
  const toA = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    if (!toB.has(a[i]) && !toA.has(b[i])) {
      toB.set(a[i], b[i]);
      toA.set(b[i], a[i]);
    }
    if (toB.get(a[i]) !== b[i]) return false;
  }
  return a.length === b.length;
}

function pointAt(features: Features, i: number): Float64Array {
  return Float64Array.from(features, (column) => column[i]);
}

function squaredDistances(features: Features, center: Float64Array): Float64Array {
  const distances = new Float64Array(features[0].length);
  features.forEach((column, f) => {
    for (let i = 0; i < distances.length; i++) distances[i] += square(column[i] - center[f]);
  });
  return distances;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let f = 0; f < a.length; f++) total += square(a[f] - b[f]);
  return total;
}

function cumulative(weights: Float64Array): Float64Array {
  let total = 0;
  return weights.map((weight) => {
    total += weight;
    return total;
  });
}

/** Index of the first value not below the bound; the last index if there is none. */
function firstReaching(ascending: Float64Array, bound: number): number {
  const index = ascending.findIndex((value) => value >= bound);
  return index === -1 ? ascending.length - 1 : index;
}

/** A product, since the last bit of a power differs between engines. */
function square(x: number): number {
  return x * x;
}
