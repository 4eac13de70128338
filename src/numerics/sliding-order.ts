/** Numbers kept in order while they come and go. */
export interface SlidingOrder {
  readonly size: number;
  add(value: number): void;
  /** Takes out a value that was added. */
  remove(value: number): void;
  /** The largest distance from `center`. At least one value. */
  largestDistance(center: number): number;
  /** The middle value; the mean of the two middle ones for an even count. At least one value. */
  median(): number;
  /** The median of the distances from `center`. At least one value. */
  medianDistance(center: number): number;
}

/**
 * A window whose median and median deviation are asked for after every step: adding and removing shift what is in the way, at
 * most `capacity` numbers, which for some hundreds beats a tree.
 *
 * @example
 * const window = slidingOrder(100);
 * for (const value of [3, 1, 2]) window.add(value);
 * window.median(); // 2
 */
export function slidingOrder(capacity: number): SlidingOrder {
  const sorted = new Float64Array(capacity);
  let size = 0;
  const placeOf = (value: number): number => {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get size() {
      return size;
    },
    add: (value) => {
      const place = placeOf(value);
      sorted.copyWithin(place + 1, place, size);
      sorted[place] = value;
      size++;
    },
    remove: (value) => {
      const place = placeOf(value);
      sorted.copyWithin(place, place + 1, size);
      size--;
    },
    median: () => {
      const middle = size >> 1;
      return size % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    },
    largestDistance: (center) => Math.max(sorted[size - 1] - center, center - sorted[0]),
    medianDistance: (center) => {
      // The nearest half is a window of the sorted values: its first place by bisection, its two largest distances at its ends.
      const count = (size >> 1) + 1;
      let [first, high] = [0, size - count];
      while (first < high) {
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
    },
  };
}
