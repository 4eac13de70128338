import { type Points, squaredDistanceWithin } from './points.ts';

/** Relative room for rounding in what is only a bound. */
const ROOM = 1e-9;

/**
 * Which center is nearest to each of many points, again and again while the centers move. Where a center that a point is not nearest
 * to has come closer by less than it was farther away, it need not be looked at again (Hamerly 2010): the labels are those
 * that comparing all distances gives.
 */
export class NearestCenters {
  /** Nearest center of each point; of equal ones the first. */
  readonly labels: Uint32Array;
  readonly #points: Points;
  readonly #centers: Points;
  /** The centers as they were. */
  readonly #before: Float64Array;
  /** How far every other center is away at least. */
  readonly #othersBeyond: Float64Array;

  /** @param centers move in place. */
  constructor(points: Points, centers: Points) {
    this.labels = new Uint32Array(points.count);
    this.#points = points;
    this.#centers = centers;
    this.#before = centers.data.slice();
    this.#othersBeyond = new Float64Array(points.count);
  }

  /** Labels were changed by others: nothing is known of the distances any more. */
  forget(): void {
    this.#othersBeyond.fill(0);
  }

  /** Finds the labels anew; returns the sum of squared distances. */
  assign(): number {
    const labels = this.labels;
    const beyond = this.#othersBeyond;
    const { data, count, dimensions } = this.#points;
    const centers = this.#centers.data;
    const { farthest, far, second } = this.#moves();
    let inertia = 0;
    for (let i = 0, first = 0; i < count; i++, first += dimensions) {
      const own = labels[i];
      const distance = squaredDistanceWithin(data, first, centers, own * dimensions, dimensions);
      const bound = beyond[i] - (own === farthest ? second : far);
      beyond[i] = bound;
      inertia += bound > 0 && distance < bound * bound ? distance : this.#compareAll(i);
    }
    this.#before.set(centers);
    return inertia;
  }

  /** The center that moved farthest since the last time, how far, and how far the others did at most. */
  #moves(): { readonly farthest: number; readonly far: number; readonly second: number } {
    const { data, count, dimensions } = this.#centers;
    const before = this.#before;
    let farthest = 0;
    let far = 0;
    let second = 0;
    for (let c = 0; c < count; c++) {
      const at = c * dimensions;
      const move = (1 + ROOM) * Math.sqrt(squaredDistanceWithin(data, at, before, at, dimensions));
      if (move > far) {
        farthest = c;
        second = far;
        far = move;
      } else second = Math.max(second, move);
    }
    return { farthest, far, second };
  }

  /** Labels a point by all distances; returns the squared distance of the nearest center. */
  #compareAll(i: number): number {
    const { data, dimensions } = this.#points;
    const centers = this.#centers.data;
    let nearest = Number.POSITIVE_INFINITY;
    let other = Number.POSITIVE_INFINITY;
    let label = this.labels[i];
    for (let c = 0; c < this.#centers.count; c++) {
      const distance = squaredDistanceWithin(data, i * dimensions, centers, c * dimensions, dimensions);
      if (distance < nearest) {
        other = nearest;
        nearest = distance;
        label = c;
      } else if (distance < other) other = distance;
    }
    this.labels[i] = label;
    this.#othersBeyond[i] = (1 - ROOM) * Math.sqrt(other);
    return nearest;
  }
}
