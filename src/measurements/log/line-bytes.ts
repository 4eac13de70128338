import { crc32Between } from '../../checksums/crc.ts';

const utf8 = new TextEncoder();
const [zero, minus, point] = [...'0-.'].map((character) => character.charCodeAt(0));

/** Decimals that are written digit by digit: with the digits before the point, at most fifteen, so that no shorter number is the same. */
const decimals = 6;
const scale = 10 ** decimals;
/** A call of the encoder takes longer than so many characters. The longest number has 24. */
const shortText = 32;
const largestDecimal = 1e9;
const largestInteger = 2 ** 31;

/**
 * The bytes of lines that are being made, part by part: a log has millions of them, and a text for each part of each would take several times as long.
 *
 * @example
 * const line = new LineBytes();
 * line.put(new TextEncoder().encode('{"loss":'));
 * line.number(0.25);
 * new TextDecoder().decode(line.from(0)); // '{"loss":0.25'
 */
export class LineBytes {
  #bytes = new Uint8Array(2 ** 12);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What has been put since there were this many bytes: a view, good until more is put. */
  from(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#length);
  }

  /** The CRC-32 of what has been put since there were this many bytes. */
  crc(start: number, seed: number): number {
    return crc32Between(this.#bytes, start, this.#length, seed);
  }

  put(part: Uint8Array): void {
    const end = this.#length + part.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(part, this.#length);
    this.#length = end;
  }

  text(text: string): void {
    if (text.length <= shortText && this.#shortText(text)) return;
    const most = this.#length + 3 * text.length;
    if (most > this.#bytes.length) this.#grow(most);
    this.#length += utf8.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  /** A finite number, as JSON has it. */
  number(value: number): void {
    if (this.#length + shortText > this.#bytes.length) this.#grow(this.#length + shortText);
    const size = Math.abs(value);
    if (size < largestDecimal) {
      // If the quotient is the number, it is what these digits stand for.
      const scaled = Math.round(size * scale);
      if (scaled / scale === size) {
        this.#decimal(value < 0, size | 0, scaled);
        return;
      }
    } else if (size < largestInteger && Number.isInteger(size)) {
      this.#decimal(value < 0, size | 0, size * scale);
      return;
    }
    this.text(String(value));
  }

  /** Takes the last byte away. */
  dropLast(): void {
    this.#length--;
  }

  clear(): void {
    this.#length = 0;
  }

  /** @returns whether the text is ASCII; of any other, nothing is put. */
  #shortText(text: string): boolean {
    const end = this.#length + text.length;
    if (end > this.#bytes.length) this.#grow(end);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return false;
      this.#bytes[this.#length + i] = code;
    }
    this.#length = end;
    return true;
  }

  #decimal(isNegative: boolean, whole: number, scaled: number): void {
    const bytes = this.#bytes;
    let at = this.#length;
    if (isNegative) bytes[at++] = minus;
    let digits = 1;
    for (let rest = whole; rest >= 10; rest = (rest / 10) | 0) digits++;
    at = putDigits(bytes, at, whole, digits);
    let fraction = scaled - whole * scale;
    if (fraction > 0) {
      bytes[at++] = point;
      digits = decimals;
      while (fraction % 10 === 0) {
        fraction = (fraction / 10) | 0;
        digits--;
      }
      at = putDigits(bytes, at, fraction, digits);
    }
    this.#length = at;
  }

  #grow(least: number): void {
    const bytes = new Uint8Array(Math.max(least, 2 * this.#bytes.length));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}

/** @returns where the digits end. */
function putDigits(bytes: Uint8Array, start: number, value: number, digits: number): number {
  const end = start + digits;
  let rest = value;
  for (let i = end - 1; i >= start; i--) {
    const less = (rest / 10) | 0;
    bytes[i] = zero + rest - 10 * less;
    rest = less;
  }
  return end;
}
