/** A queue that hands out the least key first (binary heap). Keys are numbers, items are indices. */
export class MinHeap {
  readonly #keys: number[] = [];
  readonly #items: number[] = [];

  push(key: number, item: number): void {
    let at = this.#keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent] <= key) break;
      this.#put(at, this.#keys[parent], this.#items[parent]);
      at = parent;
    }
    this.#put(at, key, item);
  }

  /** Takes out the least; undefined where none is left. */
  pop(): { readonly key: number; readonly item: number } | undefined {
    const [key, item] = [this.#keys[0], this.#items[0]];
    const [lastKey, lastItem] = [this.#keys.pop(), this.#items.pop()];
    if (lastKey === undefined || lastItem === undefined) return undefined;
    const count = this.#keys.length;
    if (count > 0) this.#sink(lastKey, lastItem, count);
    return { key, item };
  }

  #sink(key: number, item: number, count: number): void {
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && this.#keys[child + 1] < this.#keys[child]) child++;
      if (this.#keys[child] >= key) break;
      this.#put(at, this.#keys[child], this.#items[child]);
      at = child;
    }
    this.#put(at, key, item);
  }

  #put(at: number, key: number, item: number): void {
    this.#keys[at] = key;
    this.#items[at] = item;
  }
}
