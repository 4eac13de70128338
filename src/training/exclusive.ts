/** Something that one caller at a time works with: nobody reaches it but in a turn of their own. */
export interface Exclusive<T> {
  /**
   * Does `work` as soon as everything asked for earlier has ended, whether well or not. What was handed to `work` must not be
   * kept beyond its end.
   *
   * @returns what `work` returns.
   * @throws what `work` throws; Error where it was asked for after `close`.
   */
  use<R>(work: (owned: T) => R | Promise<R>): Promise<R>;
  /** The last turn of all; closing again waits for the same end. */
  close(end: (owned: T) => void | Promise<void>): Promise<void>;
}

/**
 * Gives buffers, or a session, to one caller at a time, in the order of the calls. ONNX Runtime's `run` returns before it
 * has read its inputs: whatever is put into a shared buffer in between is computed with, and no error says so.
 *
 * @param owned to be reached through the result alone: keep no other reference to it.
 * @example
 * const memory = exclusive({ session, x: new Float32Array(32) });
 * const run = (values) => memory.use(async ({ session, x }) => {
 *   x.set(values);
 *   await session.run(x);
 * });
 * await Promise.all([run(first), run(second)]); // one after the other
 */
export function exclusive<T>(owned: T): Exclusive<T> {
  let last: Promise<unknown> = Promise.resolve();
  let end: Promise<void> | null = null;
  const turn = <R>(work: (owned: T) => R | Promise<R>): Promise<R> => {
    const result = last.then(() => work(owned));
    // Whoever asked hears of a failure; the next one's turn comes all the same.
    last = result.catch(() => {});
    return result;
  };
  return {
    use: (work) => (end === null ? turn(work) : Promise.reject(new Error('used after it was closed'))),
    close: (work) => {
      end ??= turn(work);
      return end;
    },
  };
}
