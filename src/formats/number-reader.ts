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

/** How a number may be written: as in JSON, or also with a plus, with zeros before it, and with digits on one side of the point alone. */
export type NumberForm = 'json' | 'loose';

/**
 * Reads numbers where they stand in the bytes of a text, without making a text of each: a log or a table has a million. They are those of `Number()`, to
 * the bit.
 *
 * Digits are taken together as a pair of float64, divided by their power of ten, and what the division left is added (T. J. Dekker, Numerische
 * Mathematik 18, 1971). Where that does not settle the last bit, or the power is not exact, the language's own reader decides.
 *
 * @example
 * const reader = new NumberReader();
 * reader.read(new TextEncoder().encode('[0.25,3]'), 1); // 0.25
 * reader.end; // 5
 */
export class NumberReader {
  /** Where the number ends that was read last. */
  end = 0;

  /** The number that begins at `start`; NaN where none does, or none that is finite. */
  read(bytes: Uint8Array, start: number, form: NumberForm = 'json'): number {
    let i = start;
    const isNegative = bytes[i] === minus;
    if (isNegative || (form === 'loose' && bytes[i] === plus)) i++;
    let upper = 0;
    let lower = 0;
    let digits = 0;
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
    const before = (pointAt < 0 ? i : pointAt) - first;
    let decimals = pointAt < 0 ? 0 : i - pointAt - 1;
    const isWritten =
      form === 'loose'
        ? before + decimals > 0
        : before > 0 && (before === 1 || bytes[first] !== zero) && (pointAt < 0 || decimals > 0);
    if (!isWritten) return Number.NaN;
    if (bytes[i] === lowerE || bytes[i] === upperE) {
      const isBelow = bytes[++i] === minus;
      if (isBelow || bytes[i] === plus) i++;
      const firstOfPower = i;
      let power = 0;
      for (; bytes[i] >= zero && bytes[i] <= nine; i++) power = power * 10 + (bytes[i] - zero);
      if (i === firstOfPower) return Number.NaN;
      decimals += isBelow ? power : -power;
    }
    this.end = i;
    const size = digits > MOST_DIGITS ? Number.NaN : sized(upper, lower, digits, decimals);
    if (!Number.isNaN(size)) return isNegative ? -size : size;
    const value = Number(ascii.decode(bytes.subarray(start, i)));
    return Number.isFinite(value) ? value : Number.NaN;
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
