/**
 * A result, let go of when it is not kept any more: a map that things are put into and taken out of is made anew within the engine again and again, and the
 * first of these hold the later ones until all memory is looked through.
 */
interface Kept<Result> {
  result: Result | null;
  readonly size: number;
}

/**
 * What was worked out of the last things that were asked for: much is asked of a run by itself and again of its seeds together.
 * Only what fits into a budget is kept; what was asked for longest ago goes first.
 *
 * @example
 * const sums = new Recent<number[], number>(100);
 * const values = [1, 2];
 * sums.of(values, 2, () => values[0] + values[1]); // 3, and at once where `values` is asked for again
 */
export class Recent<Thing, Result> {
  readonly #budget: number;
  /** Asked for last, last. */
  readonly #kept = new Map<Thing, Kept<Result>>();
  #used = 0;
  /** The last one, where it is kept: it is often the next one too. */
  #last: { readonly thing: Thing; readonly result: Result } | null = null;

  /** @param budget largest sum of sizes that is kept. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /**
   * @param size of the result, or how it is found; one above the budget is not kept.
   * @param make must depend on the thing alone, which must not change.
   */
  of(thing: Thing, size: number | ((result: Result) => number), make: () => Result): Result {
    if (this.#last !== null && this.#last.thing === thing) return this.#last.result;
    const known = this.#kept.get(thing);
    if (known !== undefined) {
      this.#kept.delete(thing);
      this.#kept.set(thing, known);
      const result = known.result as Result;
      this.#last = { thing, result };
      return result;
    }
    const result = make();
    const own = typeof size === 'number' ? size : size(result);
    if (own > this.#budget) return result;
    for (const [oldest, kept] of this.#kept) {
      if (this.#used + own <= this.#budget) break;
      this.#kept.delete(oldest);
      this.#used -= kept.size;
      kept.result = null;
    }
    this.#kept.set(thing, { result, size: own });
    this.#used += own;
    this.#last = { thing, result };
    return result;
  }
}
