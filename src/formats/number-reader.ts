const [minus, plus, point, zero, nine, lowerE, upperE] = [...'-+.09eE'].map((character) =>
  character.charCodeAt(0),
);

/** So many digits are taken together as a whole number of 32 bits, and so many twice: the shortest text of a float64 has 17. */
const HALF = 9;
const MOST_DIGITS = 2 * HALF;
/** A whole number of so many digits is exact as a float64. */
const EXACT_DIGITS = 15;
/** The powers of ten that are exact. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** Veltkamp's factor: parts a float64 into halves whose products are exact. */
const SPLIT = 2 ** 27 + 1;
/** Above the relative error of the correction below, which is a few 2^-53. */
const DOUBT = 2 ** -48;

const ascii = new TextDecoder();

/**
 * Reads the numbers of a JSON text from its bytes, one where it is told to. It gives what `JSON.parse` gives, to the bit, without making a text
 * of each: a log has a million.
 *
 * Digits are taken together as a pair of float64, divided by their power of ten, and what the division left is added (T. J. Dekker, Numerische
 * Mathematik 18, 1971). Where that does not settle the last bit, or the power is not exact, the language's own reader decides.
 *
 * @example
 * const reader = new NumberReader(new TextEncoder().encode('[0.25,3]'));
 * reader.at = 1;
 * reader.read(); // 0.25
 * reader.at; // 5, behind it
 */
export class NumberReader {
  readonly #bytes: Uint8Array;
  /** Where the next number begins. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The number that begins here, and moves behind it; NaN, and does not move, where none does or it is not finite. */
  read(): number {
    const bytes = this.#bytes;
    const start = this.at;
    let i = start;
    const isNegative = bytes[i] === minus;
    if (isNegative) i++;
    let upper = 0;
    let lower = 0;
    let digits = 0;
    let decimals = 0;
    const first = i;
    let pointAt = -1;
    for (; ; i++) {
      const digit = bytes[i] - zero;
      if (digit >= 0 && digit <= 9) {
        if (digits < HALF) upper = (Math.imul(upper, 10) + digit) | 0;
        else lower = (Math.imul(lower, 10) + digit) | 0;
        if (digits > 0 || digit > 0) digits++;
      } else if (bytes[i] === point && pointAt < 0) pointAt = i;
      else break;
    }
    const wholeDigits = (pointAt < 0 ? i : pointAt) - first;
    if (wholeDigits === 0 || (wholeDigits > 1 && bytes[first] === zero)) return Number.NaN;
    if (pointAt >= 0) decimals = i - pointAt - 1;
    if (pointAt >= 0 && decimals === 0) return Number.NaN;
    if (bytes[i] === lowerE || bytes[i] === upperE) {
      const isBelow = bytes[++i] === minus;
      if (isBelow || bytes[i] === plus) i++;
      const firstOfPower = i;
      let power = 0;
      for (; bytes[i] >= zero && bytes[i] <= nine; i++) power = power * 10 + (bytes[i] - zero);
      if (i === firstOfPower) return Number.NaN;
      decimals += isBelow ? power : -power;
    }
    const size = digits > MOST_DIGITS ? Number.NaN : sized(upper, lower, digits, decimals);
    if (Number.isNaN(size)) return this.#slowly(start, i);
    this.at = i;
    return isNegative ? -size : size;
  }

  #slowly(start: number, end: number): number {
    const value = Number(ascii.decode(this.#bytes.subarray(start, end)));
    if (!Number.isFinite(value)) return Number.NaN;
    this.at = end;
    return value;
  }
}

/** (upper · 10^(digits − 9) + lower) / 10^decimals, of digits above 9, else upper / 10^decimals, rounded once; NaN where that cannot be told here. */
function sized(upper: number, lower: number, digits: number, decimals: number): number {
  if (upper === 0) return 0;
  if (decimals > 22 || decimals < -22) return Number.NaN;
  const shift = POWERS[Math.max(0, digits - HALF)];
  if (digits <= EXACT_DIGITS) {
    const all = upper * shift + lower;
    return decimals >= 0 ? all / POWERS[decimals] : all * POWERS[-decimals];
  }
  if (decimals < 0) return Number.NaN;
  // All digits as an exact pair.
  const product = upper * shift;
  const rest = productError(upper, shift, product) + lower;
  const whole = product + rest;
  const below = rest - (whole - product);
  // The quotient of the larger part, and what is left of both.
  const divisor = POWERS[decimals];
  const quotient = whole / divisor;
  const covered = quotient * divisor;
  const left = whole - covered - productError(quotient, divisor, covered) + below;
  const correction = left / divisor;
  const low = quotient + correction * (1 - DOUBT);
  return low === quotient + correction * (1 + DOUBT) ? low : Number.NaN;
}

/** a · b − product, exactly, where `product` is a · b rounded. */
function productError(a: number, b: number, product: number): number {
  const spreadA = SPLIT * a;
  const upperA = spreadA - (spreadA - a);
  const lowerA = a - upperA;
  const spreadB = SPLIT * b;
  const upperB = spreadB - (spreadB - b);
  const lowerB = b - upperB;
  return lowerA * lowerB - (product - upperA * upperB - lowerA * upperB - upperA * lowerB);
}
