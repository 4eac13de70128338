/** Bytes that are read where they are needed: a file, or what is in memory. */
export interface ByteSource {
  /** Its name, for messages. */
  readonly file: string;
  readonly size: number;
  /**
   * A buffer of its own with the bytes from `start` on.
   *
   * @throws RangeError where they are not all there.
   */
  read(start: number, length: number): Uint8Array<ArrayBuffer>;
}

/** What is in memory, as a source. */
export function sourceOf(bytes: Uint8Array, file = ''): ByteSource {
  return {
    file,
    size: bytes.length,
    read: (start, length) => {
      if (start < 0 || length < 0 || start + length > bytes.length) throw new RangeError('beyond the end');
      return bytes.slice(start, start + length);
    },
  };
}
