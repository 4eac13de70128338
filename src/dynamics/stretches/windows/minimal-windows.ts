/** A window of measurements, both ends included. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/**
 * Collects significant windows, narrow ones first, and keeps those that contain no other: each says "between here and
 * here", as narrowly as it can be said.
 */
export class MinimalWindows {
  /** For each place, where the earliest-ending kept window that starts there or later ends. */
  readonly #earliestEnd: Int32Array;
  readonly #kept: Window[] = [];
  #width = 0;
  #added = 0;

  /** @param n number of measurements. */
  constructor(n: number) {
    this.#earliestEnd = new Int32Array(n + 1).fill(n);
  }

  /** Windows must come by width, narrow ones first. */
  add(first: number, last: number): void {
    if (last - first !== this.#width) this.#settle();
    this.#width = last - first;
    if (this.#earliestEnd[first] > last) this.#kept.push({ first, last });
  }

  /** The kept windows; both ends ascend. */
  list(): Window[] {
    return this.#kept.sort((a, b) => a.last - b.last);
  }

  /** Windows of equal width do not contain each other, so that this can wait for the next width. */
  #settle(): void {
    const end = this.#earliestEnd;
    for (; this.#added < this.#kept.length; this.#added++) {
      const { first, last } = this.#kept[this.#added];
      end[first] = Math.min(end[first], last);
    }
    for (let i = end.length - 2; i >= 0; i--) end[i] = Math.min(end[i], end[i + 1]);
  }
}
