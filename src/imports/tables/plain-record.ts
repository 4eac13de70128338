import { hasBytes } from '../../formats/has-bytes.ts';
import { NumberReader } from '../../formats/number-reader.ts';

const [feed, carriage, tab, blank, quote, backslash, colon, comma, open, close] = [...'\n\r\t "\\:,{}'].map(
  (character) => character.charCodeAt(0),
);
const [constantNull, constantTrue, constantFalse] = ['null', 'true', 'false'].map((word) =>
  new TextEncoder().encode(word),
);

/** Above this, whether a record may take its memory depends on more than that no object is in another. */
const mostFields = 1000;

/**
 * One record of JSON Lines, read where it stands in the bytes, if it has the same fields as one before, in their order: the
 * numbers of a million records need no million objects. Any other is left to a parser.
 */
export class PlainRecord {
  readonly keys: readonly string[];
  /** By field its number or, of true and false, 1 and 0; NaN where it is a text or null. */
  readonly numbers: Float64Array;
  readonly #keyBytes: readonly Uint8Array[];
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #reader = new NumberReader();

  private constructor(keys: readonly string[]) {
    this.keys = keys;
    this.#keyBytes = keys.map((key) => new TextEncoder().encode(`"${key}"`));
    this.numbers = new Float64Array(keys.length);
    this.#starts = new Uint32Array(keys.length);
    this.#ends = new Uint32Array(keys.length);
  }

  /** A reader of records like this one; null where keys are not written as they are, or values are lists or objects. */
  static like(record: Readonly<Record<string, unknown>>): PlainRecord | null {
    if (Object.values(record).some((value) => typeof value === 'object' && value !== null)) return null;
    const keys = Object.keys(record);
    const mayBe =
      keys.length > 0 && keys.length <= mostFields && keys.every((key) => /^[ !#-[\]-~]*$/.test(key));
    return mayBe ? new PlainRecord(keys) : null;
  }

  /** Whether the record has the same fields. */
  isLike(record: Readonly<Record<string, unknown>>): boolean {
    let i = 0;
    for (const key in record) if (this.keys[i++] !== key) return false;
    return i === this.keys.length;
  }

  /**
   * Reads the record on the line that begins at `start`.
   *
   * @param bytes in ASCII; the line has its end in it.
   * @returns where the next line begins; -1 for anything else than such a record alone.
   */
  read(bytes: Uint8Array, start: number): number {
    let at = afterBlanks(bytes, start);
    if (bytes[at] !== open) return -1;
    for (let i = 0; i < this.keys.length; i++) {
      at = afterBlanks(bytes, at + 1);
      if (!hasBytes(bytes, at, this.#keyBytes[i])) return -1;
      at = afterBlanks(bytes, at + this.#keyBytes[i].length);
      if (bytes[at] !== colon) return -1;
      at = this.#readValue(i, bytes, afterBlanks(bytes, at + 1));
      if (at < 0) return -1;
      at = afterBlanks(bytes, at);
      if (bytes[at] !== (i === this.keys.length - 1 ? close : comma)) return -1;
    }
    at = afterBlanks(bytes, at + 1);
    if (bytes[at] === feed) return at + 1;
    if (bytes[at] !== carriage) return -1;
    return at + (bytes[at + 1] === feed ? 2 : 1);
  }

  /** The text of a field whose number is NaN; null where that is null. */
  textOf(text: string, field: number): string | null {
    const start = this.#starts[field];
    return start === 0 ? null : text.slice(start, this.#ends[field]);
  }

  /** @returns where it ends; -1 where it is no number, text, null, true or false. */
  #readValue(field: number, bytes: Uint8Array, start: number): number {
    if (bytes[start] === quote) {
      const end = endOfText(bytes, start + 1);
      this.numbers[field] = Number.NaN;
      this.#starts[field] = start + 1;
      this.#ends[field] = end;
      return end < 0 ? -1 : end + 1;
    }
    const number = this.#reader.read(bytes, start);
    this.numbers[field] = number;
    if (!Number.isNaN(number)) return this.#reader.end;
    this.#starts[field] = 0;
    if (hasBytes(bytes, start, constantNull)) return start + constantNull.length;
    if (hasBytes(bytes, start, constantTrue)) {
      this.numbers[field] = 1;
      return start + constantTrue.length;
    }
    if (!hasBytes(bytes, start, constantFalse)) return -1;
    this.numbers[field] = 0;
    return start + constantFalse.length;
  }
}

function afterBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === blank || bytes[at] === tab) at++;
  return at;
}

/** Where the quote stands that ends a text; -1 where it has characters in it that are written otherwise. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let at = start; ; at++) {
    const code = bytes[at];
    if (code === quote) return at;
    if (code === backslash || code < blank) return -1;
  }
}
