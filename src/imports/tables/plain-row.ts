import { NumberReader } from '../../formats/number-reader.ts';

const [tab, feed, carriage, blank, quote] = [...'\t\n\r "'].map((character) => character.charCodeAt(0));

/**
 * One row of a table of text, read where it stands in the bytes: the numbers of a million rows need no million texts. What is not
 * plain, it leaves to others.
 */
export class PlainRow {
  /** By column the number in the cell; NaN where there is another text, or none. */
  readonly numbers: Float64Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #delimiter: number;
  readonly #reader = new NumberReader();

  /** @param delimiter a comma, a semicolon or a tab. */
  constructor(columns: number, delimiter: string) {
    this.numbers = new Float64Array(columns);
    this.#starts = new Uint32Array(columns);
    this.#ends = new Uint32Array(columns);
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /**
   * Reads the row that begins at `start`.
   *
   * @param bytes in ASCII; the row has a line end in it.
   * @returns where the next begins; -1 for a row with quotes, with control characters, with nothing in it, or of another length.
   */
  read(bytes: Uint8Array, start: number): number {
    const { numbers } = this;
    const last = numbers.length - 1;
    let at = start;
    let isEmpty = true;
    for (let c = 0; ; c++, at++) {
      while (this.#isBlank(bytes[at])) at++;
      const value = this.#reader.read(bytes, at, 'loose');
      let end = !Number.isNaN(value) ? this.#reader.end : at;
      while (this.#isBlank(bytes[end])) end++;
      if (end > at && this.#endsCell(bytes[end])) {
        numbers[c] = value;
        isEmpty = false;
      } else {
        end = at;
        while (!this.#endsCell(bytes[end])) {
          if (bytes[end] === quote || (bytes[end] < blank && bytes[end] !== tab)) return -1;
          end++;
        }
        numbers[c] = Number.NaN;
        this.#starts[c] = at;
        this.#ends[c] = end;
        if (end > at) isEmpty = false;
      }
      at = end;
      const isLast = bytes[at] !== this.#delimiter;
      if (isLast !== (c === last)) return -1;
      if (isLast) break;
    }
    if (isEmpty) return -1;
    return at + (bytes[at] === carriage && bytes[at + 1] === feed ? 2 : 1);
  }

  /** The text of a cell whose number is NaN. */
  textOf(text: string, column: number): string {
    return text.slice(this.#starts[column], this.#ends[column]).trim();
  }

  #isBlank(code: number): boolean {
    return code === blank || (code === tab && this.#delimiter !== tab);
  }

  #endsCell(code: number): boolean {
    return code === this.#delimiter || code === feed || code === carriage;
  }
}
