/** Where a line lies in the log's bytes, without its line end. */
export interface LineRange {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

export interface Line extends LineRange {
  /** The line itself. */
  readonly bytes: Uint8Array;
}

const newline = 0x0a;

/** Takes a file apart into its lines as its bytes come in, in pieces of any size. */
export class LineSplitter {
  /** What came after the last line end. */
  #pieces: Uint8Array[] = [];
  #start = 0;
  #lines = 0;

  /** The lines that these bytes complete. Keeps a view of what is left of them: they may not be changed. */
  *push(bytes: Uint8Array): Generator<Line> {
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      this.#pieces.push(bytes.subarray(start, end));
      const line = this.#line();
      this.#pieces = [];
      this.#start = line.end + 1;
      this.#lines++;
      start = end + 1;
      yield line;
    }
    if (start < bytes.length) this.#pieces.push(bytes.subarray(start));
  }

  /** What follows the last line end; null if there is nothing. */
  get rest(): Line | null {
    return this.#pieces.length === 0 ? null : this.#line();
  }

  #line(): Line {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0] : joined(this.#pieces);
    const start = this.#start;
    return { number: this.#lines + 1, start, end: start + bytes.length, bytes };
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    all.set(piece, position);
    position += piece.length;
  }
  return all;
}
