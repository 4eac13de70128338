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
      // Distances grow to both sides of the center: the nearest half, taken from the inside out.
      let above = placeOf(center);
      let below = above - 1;
      let [last, lastButOne] = [0, 0];
      for (let taken = 0; taken <= size >> 1; taken++) {
        const left = below >= 0 ? center - sorted[below] : Number.POSITIVE_INFINITY;
        const right = above < size ? sorted[above] - center : Number.POSITIVE_INFINITY;
        lastButOne = last;
        if (left <= right) {
          last = left;
          below--;
        } else {
          last = right;
          above++;
        }
      }
      return size % 2 === 1 ? last : (last + lastButOne) / 2;
    },
  };
}
