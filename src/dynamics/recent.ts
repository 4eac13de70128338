/**
 * What was worked out of the last things that were asked for: much is asked of a run by itself and again of its seeds together.
 * Only what fits into a budget is kept, the latest last.
 *
 * @example
 * const sums = new Recent<number[], number>(100);
 * const values = [1, 2];
 * sums.of(values, 2, () => values[0] + values[1]); // 3, and at once where `values` is asked for again
 */
export class Recent<Thing extends object, Result> {
  readonly #budget: number;
  readonly #kept = new Map<Thing, { readonly result: Result; readonly size: number }>();
  #used = 0;

  /** @param budget largest sum of sizes that is kept. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** @param make must depend on the thing alone, which must not change. */
  of(thing: Thing, size: number, make: () => Result): Result {
    const known = this.#kept.get(thing);
    if (known !== undefined) return known.result;
    const result = make();
    if (size > this.#budget) return result;
    this.#kept.set(thing, { result, size });
    this.#used += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#used <= this.#budget) break;
      this.#kept.delete(oldest);
      this.#used -= freed;
    }
    return result;
  }
}
