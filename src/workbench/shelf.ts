/**
 * Things that are made again when they are asked for after too many others: what was asked for last is kept, as far as it fits.
 *
 * @example
 * const runs = new Shelf({ bytesOf: () => 1e6, most: 64e6 });
 * const mine = runs.get('mine', () => readRun('my-study', 'mine'));
 * runs.get('mine', () => readRun('my-study', 'mine')) === mine; // true
 */
export class Shelf<Thing> {
  readonly #bytesOf: (thing: Thing) => number;
  readonly #most: number;
  /** Asked for last, last. */
  readonly #kept = new Map<string, { readonly thing: Thing; readonly bytes: number }>();
  #bytes = 0;

  /** @param most bytes that are kept; of a thing that is larger by itself, one. */
  constructor({ bytesOf, most }: { readonly bytesOf: (thing: Thing) => number; readonly most: number }) {
    this.#bytesOf = bytesOf;
    this.#most = most;
  }

  get(id: string, make: () => Thing): Thing {
    const found = this.#kept.get(id);
    if (found !== undefined) {
      this.#kept.delete(id);
      this.#kept.set(id, found);
      return found.thing;
    }
    const thing = make();
    const bytes = this.#bytesOf(thing);
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes + bytes <= this.#most) break;
      this.#kept.delete(oldest);
      this.#bytes -= kept.bytes;
    }
    this.#kept.set(id, { thing, bytes });
    this.#bytes += bytes;
    return thing;
  }
}
