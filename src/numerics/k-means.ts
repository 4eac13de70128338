import { type Points, squaredDistance } from './points.ts';
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
  readonly centres: Points;
  /** Sum of squared distances of the points from their centres. */
  readonly inertia: number;
}

/** An iteration that lowers the inertia by no more than this share of it is the last. */
const SETTLED = 1e-6;

/**
 * k-means by Lloyd's iteration from k-means++ starts (Arthur & Vassilvitskii 2007).
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
    const clustering = lloyd(points, seedCentres(points, k, rng), maxIterations);
    if (best === null || clustering.inertia < best.inertia) best = clustering;
  }
  return best as Clustering;
}

/** Each further centre is a point drawn with probability proportional to its squared distance from the centres so far. */
function seedCentres(points: Points, k: number, rng: Random): Points {
  const { count, dimensions } = points;
  const centres: Points = { data: new Float64Array(k * dimensions), count: k, dimensions };
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = rng.integer(count);
  for (let c = 0; c < k; c++) {
    centres.data.set(points.data.subarray(chosen * dimensions, (chosen + 1) * dimensions), c * dimensions);
    let total = 0;
    for (let i = 0; i < count; i++) {
      nearest[i] = Math.min(nearest[i], squaredDistance(points, i, centres, c));
      total += nearest[i];
    }
    chosen = total > 0 ? drawProportional(nearest, total, rng) : rng.integer(count);
  }
  return centres;
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

function lloyd(points: Points, centres: Points, maxIterations: number): Clustering {
  const labels = new Uint32Array(points.count);
  let inertia = assign(points, centres, labels);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    moveCentres(points, labels, centres);
    const next = assign(points, centres, labels);
    const settled = inertia - next <= SETTLED * inertia;
    inertia = next;
    if (settled) break;
  }
  return { labels, centres, inertia };
}

/** Labels every point with its nearest centre; returns the sum of squared distances. */
function assign({ data, count, dimensions }: Points, centres: Points, labels: Uint32Array): number {
  let inertia = 0;
  for (let i = 0; i < count; i++) {
    let nearest = Number.POSITIVE_INFINITY;
    // Written out rather than called: nearly all time of a clustering is spent here.
    for (let c = 0; c < centres.count; c++) {
      let distance = 0;
      for (let j = 0; j < dimensions; j++) {
        const difference = data[i * dimensions + j] - centres.data[c * dimensions + j];
        distance += difference * difference;
      }
      if (distance < nearest) {
        nearest = distance;
        labels[i] = c;
      }
    }
    inertia += nearest;
  }
  return inertia;
}

/** Moves each centre to the mean of its points; a centre that has none stays where it is. */
function moveCentres(points: Points, labels: Uint32Array, centres: Points): void {
  const { count, dimensions } = points;
  const sums = new Float64Array(centres.data.length);
  const sizes = new Uint32Array(centres.count);
  for (let i = 0; i < count; i++) {
    sizes[labels[i]]++;
    for (let j = 0; j < dimensions; j++) sums[labels[i] * dimensions + j] += points.data[i * dimensions + j];
  }
  for (let c = 0; c < centres.count; c++) {
    if (sizes[c] === 0) continue;
    for (let j = 0; j < dimensions; j++)
      centres.data[c * dimensions + j] = sums[c * dimensions + j] / sizes[c];
  }
}
