import { NearestCenters } from './nearest-centers.ts';
import { type Points, squaredDistance, squaredDistanceWithin } from './points.ts';
import type { Random } from './random.ts';

export interface KMeansOptions {
  /** Independent starts, of which the best is kept. Default 10. */
  readonly restarts?: number;
  /** Default 300 per start. */
  readonly maxIterations?: number;
}

export interface Clustering {
  /** Cluster of each point, 0 … k−1. */
  readonly labels: Uint32Array;
  readonly centers: Points;
  /** Sum of squared distances of the points from their centers. */
  readonly inertia: number;
}

/** An iteration that lowers the inertia by no more than this share of it is the last. */
const SETTLED = 1e-6;

/**
 * k-means by Lloyd's iteration from k-means++ starts (Arthur & Vassilvitskii 2007), which ends where moving no single point lowers
 * the inertia (Hartigan 1975): fewer places to be stuck in, all of them ends of Lloyd's iteration too.
 *
 * @param k 1 to the number of points.
 * @example
 * const points = { data: Float64Array.of(0, 0.1, 9, 9.1), count: 4, dimensions: 1 };
 * kMeans(points, 2, createRandom(1)).inertia; // 0.01
 */
export function kMeans(points: Points, k: number, rng: Random, options: KMeansOptions = {}): Clustering {
  const { restarts = 10, maxIterations = 300 } = options;
  if (!(Number.isInteger(k) && k >= 1 && k <= points.count)) {
    throw new RangeError(`k is ${k}; allowed: 1 to the number of points, ${points.count}`);
  }
  let best: Clustering | null = null;
  for (let start = 0; start < (k === 1 ? 1 : restarts); start++) {
    const clustering = lloyd(points, seedCenters(points, k, rng), maxIterations);
    if (best === null || clustering.inertia < best.inertia) best = clustering;
  }
  return best as Clustering;
}

/** Each further center is a point drawn with probability proportional to its squared distance from the centers so far. */
function seedCenters(points: Points, k: number, rng: Random): Points {
  const { count, dimensions } = points;
  const centers: Points = { data: new Float64Array(k * dimensions), count: k, dimensions };
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = rng.integer(count);
  for (let c = 0; c < k; c++) {
    centers.data.set(points.data.subarray(chosen * dimensions, (chosen + 1) * dimensions), c * dimensions);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const distance = squaredDistance(points, i, centers, c);
      if (distance < nearest[i]) nearest[i] = distance;
      total += nearest[i];
    }
    chosen = total > 0 ? drawProportional(nearest, total, rng) : rng.integer(count);
  }
  return centers;
}

function drawProportional(weights: Float64Array, total: number, rng: Random): number {
  let left = rng.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) break;
  }
  return last;
}

function lloyd(points: Points, centers: Points, maxIterations: number): Clustering {
  const nearest = new NearestCenters(points, centers);
  const { labels } = nearest;
  let inertia = nearest.assign();
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    moveCenters(points, labels, centers);
    const next = nearest.assign();
    const settled = inertia - next <= SETTLED * inertia;
    inertia = next;
    if (!settled) continue;
    if (!moveOnePoints(points, labels, centers)) break;
    nearest.forget();
    inertia = nearest.assign();
  }
  return { labels, centers, inertia };
}

/**
 * Moves points one by one where that lowers the inertia, both centers counted as they will be without and with the point; a point
 * may so leave its nearest center, which it drags along.
 *
 * @returns whether one moved.
 */
function moveOnePoints(points: Points, labels: Uint32Array, centers: Points): boolean {
  const { data, count, dimensions } = points;
  const means = centers.data;
  const sizes = new Uint32Array(centers.count);
  for (const label of labels) sizes[label]++;
  moveCenters(points, labels, centers);
  // How much more a point counts for its own center, and less for another, as these move with it.
  const leaving = Float64Array.from(sizes, (size) => size / (size - 1));
  const joining = Float64Array.from(sizes, (size) => size / (size + 1));
  let moved = false;
  for (let i = 0; i < count; i++) {
    const own = labels[i];
    if (sizes[own] === 1) continue;
    const saved = leaving[own] * squaredDistance(points, i, centers, own);
    let cheapest = own;
    let least = saved * (1 - SETTLED);
    for (let c = 0; c < sizes.length; c++) {
      const added =
        joining[c] * squaredDistanceWithin(data, i * dimensions, means, c * dimensions, dimensions);
      if (c !== own && added < least) {
        cheapest = c;
        least = added;
      }
    }
    if (cheapest === own) continue;
    moved = true;
    sizes[own]--;
    sizes[cheapest]++;
    labels[i] = cheapest;
    for (const c of [own, cheapest]) {
      leaving[c] = sizes[c] / (sizes[c] - 1);
      joining[c] = sizes[c] / (sizes[c] + 1);
    }
    for (let j = 0; j < dimensions; j++) {
      const at = data[i * dimensions + j];
      means[own * dimensions + j] += (means[own * dimensions + j] - at) / sizes[own];
      means[cheapest * dimensions + j] += (at - means[cheapest * dimensions + j]) / sizes[cheapest];
    }
  }
  return moved;
}

/** Moves each center to the mean of its points; a center that has none stays where it is. */
function moveCenters(points: Points, labels: Uint32Array, centers: Points): void {
  const { data, count, dimensions } = points;
  const sums = new Float64Array(centers.data.length);
  const sizes = new Uint32Array(centers.count);
  for (let i = 0, at = 0; i < count; i++) {
    const label = labels[i];
    sizes[label]++;
    for (let j = 0, to = label * dimensions; j < dimensions; j++, at++, to++) sums[to] += data[at];
  }
  for (let c = 0; c < centers.count; c++) {
    if (sizes[c] === 0) continue;
    for (let at = c * dimensions; at < (c + 1) * dimensions; at++) centers.data[at] = sums[at] / sizes[c];
  }
}
