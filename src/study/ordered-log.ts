/** Writes what comes in order, though some of it is ready later than what follows it. */
export interface OrderedLog {
  /**
   * Writes once `content` is there and everything before it is written, and waits if more than `ahead` writes are due.
   * @throws what an earlier write threw, or the making of its content.
   */
  write<T>(content: T | Promise<T>, write: (content: T) => void): Promise<void>;
  /** Waits until everything is written. */
  flush(): Promise<void>;
}

/** @param ahead how many writes may be due when `write` returns. */
export function orderedLog(ahead: number): OrderedLog {
  const due: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  const settle = async (most: number): Promise<void> => {
    while (due.length > most) await due.shift();
  };
  return {
    write: async (content, write) => {
      const before = last;
      last = Promise.all([content, before]).then(([ready]) => write(ready));
      // Whoever settles hears of a failure; until then it must not count as unhandled.
      last.catch(() => {});
      due.push(last);
      await settle(ahead);
    },
    flush: () => settle(0),
  };
}
