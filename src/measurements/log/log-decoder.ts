import { type Line, LineSplitter } from './line-splitter.ts';
import { readSeal, type Seal } from './record-seal.ts';

export interface LogLine extends Line {
  /** Null where the line does not end in one. */
  readonly seal: Seal | null;
}

/**
 * Takes a log apart into its lines as its bytes come in, in pieces of any size: a whole file at once, or what a run
 * that is under way has appended since. Says of every line what its seal says; whether that is as it should be, the
 * caller decides.
 */
export class LogDecoder {
  readonly #splitter = new LineSplitter();
  #seed = 0;

  /** The header's checksum, from which those of the records start; 0 before the header. */
  get seed(): number {
    return this.#seed;
  }

  /** The lines that these bytes complete. Keeps a view of what is left of them: they may not be changed. */
  *push(bytes: Uint8Array): Generator<LogLine> {
    for (const line of this.#splitter.push(bytes)) {
      const seal = readSeal(line.bytes, this.#seed);
      if (line.number === 1 && seal !== null) this.#seed = seal.crc;
      yield { ...line, seal };
    }
  }

  /** What follows the last line end: a record that is being written, or was torn; null if there is nothing. */
  get rest(): LogLine | null {
    const line = this.#splitter.rest;
    return line === null ? null : { ...line, seal: readSeal(line.bytes, this.#seed) };
  }
}
