import { quantileSorted } from './quantile.ts';

/**
 * A window of numbers kept in order while they come and go, whose median and median deviation are asked for after every step.
 * What comes or goes shifts what is in the way, at most `capacity` numbers, which for some hundreds beats a tree.
 *
 * @example
 * const window = new SlidingOrder(100);
 * for (const value of [3, 1, 2]) window.add(value);
 * window.median(); // 2
 */
export class SlidingOrder {
  #sorted: Float64Array;
  /** What many numbers at once are merged into. */
  #spare: Float64Array;
  #size = 0;

  /** @param capacity most numbers at a time. */
  constructor(capacity: number) {
    this.#sorted = new Float64Array(capacity);
    this.#spare = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  /** @param value not NaN. */
  add(value: number): void {
    const sorted = this.#sorted;
    let at = this.#size++;
    for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
    sorted[at] = value;
  }

  /** Takes out a value that was added. */
  remove(value: number): void {
    const sorted = this.#sorted;
    const last = --this.#size;
    for (let at = this.#placeOf(value); at < last; at++) sorted[at] = sorted[at + 1];
  }

  /** Takes out a value that was added and adds another: only what lies between them moves. */
  replace(out: number, value: number): void {
    const sorted = this.#sorted;
    let at = this.#placeOf(out);
    if (value > out) {
      for (const last = this.#size - 1; at < last && sorted[at + 1] < value; at++)
        sorted[at] = sorted[at + 1];
    } else {
      for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
    }
    sorted[at] = value;
  }

  /**
   * The same of many, in one pass.
   *
   * @param out begins with `count` values that were added, ascending.
   * @param values begins with as many, ascending.
   */
  replaceMany(out: Float64Array, values: Float64Array, count: number): void {
    const sorted = this.#sorted;
    const merged = this.#spare;
    let at = 0;
    let gone = 0;
    let come = 0;
    for (let i = 0; i < this.#size; i++) {
      const value = sorted[i];
      if (gone < count && value === out[gone]) {
        gone++;
        continue;
      }
      while (come < count && values[come] <= value) merged[at++] = values[come++];
      merged[at++] = value;
    }
    while (come < count) merged[at++] = values[come++];
    this.#sorted = merged;
    this.#spare = sorted;
  }

  /** The middle value; the mean of the two middle ones for an even count. At least one value. */
  median(): number {
    const middle = this.#size >> 1;
    const upper = this.#sorted[middle];
    return this.#size % 2 === 1 ? upper : (this.#sorted[middle - 1] + upper) / 2;
  }

  /** As `quantile` gives it. At least one value. @param p 0 to 1. */
  quantile(p: number): number {
    return quantileSorted(this.#sorted, p, this.#size);
  }

  /** The largest distance from `center`. At least one value. */
  largestDistance(center: number): number {
    return Math.max(this.#sorted[this.#size - 1] - center, center - this.#sorted[0]);
  }

  /** The median of the distances from `center`. At least one value. */
  medianDistance(center: number): number {
    const sorted = this.#sorted;
    const size = this.#size;
    // The nearest half is a window of the sorted values: its first place by bisection, its two largest distances at its ends.
    const count = (size >> 1) + 1;
    let first = 0;
    for (let high = size - count; first < high; ) {
      const middle = (first + high) >> 1;
      if (center - sorted[middle] > sorted[middle + count] - center) first = middle + 1;
      else high = middle;
    }
    const last = first + count - 1;
    const left = center - sorted[first];
    const right = sorted[last] - center;
    if (size % 2 === 1) return Math.max(left, right);
    return left > right
      ? (left + Math.max(center - sorted[first + 1], right)) / 2
      : (right + Math.max(left, sorted[last - 1] - center)) / 2;
  }

  /** Position of the first number that is not below `value`. */
  #placeOf(value: number): number {
    const sorted = this.#sorted;
    let low = 0;
    for (let high = this.#size; low < high; ) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
