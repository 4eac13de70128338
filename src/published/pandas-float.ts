const MAX_DIGITS = 17;
const LARGEST_EXPONENT = 308;
/** 10⁰ … 10³⁰⁸, each correctly rounded. */
const POWERS = Float64Array.from({ length: LARGEST_EXPONENT + 1 }, (_, k) => Number(`1e${k}`));

/**
 * A number as `pandas.read_csv` reads it with its default parser (`float_precision=None`, pandas 1.2 and later).
 *
 * That parser is fast, not exact: it gathers at most 17 digits in a float, rounding as it goes, then multiplies or
 * divides once by a power of ten. The last bit can differ from the number that was written; since leading zeros count
 * as digits, a number below 0.1 written without an exponent can lose more. The published second phase read the jumps
 * back from CSV, so its numbers carry that error: 3.982750795827883e-10 became 3.9827507958278824e-10.
 *
 * @param text a decimal number as Python writes it: digits, an optional point and an optional exponent.
 * @returns NaN where `text` is not such a number.
 */
export function readPandasFloat(text: string): number {
  const match = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null || (match[2] + (match[3] ?? '')).length === 0) return Number.NaN;
  const [, sign, whole, decimals = '', exponentText = '0'] = match;
  // Leading zeros count as digits: the parser does not skip them.
  const wholeDigits = whole.slice(0, MAX_DIGITS);
  const decimalDigits = decimals.slice(0, MAX_DIGITS - wholeDigits.length);
  let number = 0;
  for (const digit of wholeDigits + decimalDigits) number = number * 10 + Number(digit);
  const exponent = whole.length - wholeDigits.length - decimalDigits.length + Number(exponentText);
  const magnitude = scale(number, exponent);
  return sign === '-' ? -magnitude : magnitude;
}

function scale(number: number, exponent: number): number {
  if (exponent > LARGEST_EXPONENT) return Number.POSITIVE_INFINITY;
  if (exponent > 0) return number * POWERS[exponent];
  if (exponent >= -LARGEST_EXPONENT) return number / POWERS[-exponent];
  const rest = -exponent - LARGEST_EXPONENT;
  return rest > LARGEST_EXPONENT ? 0 : number / POWERS[rest] / POWERS[LARGEST_EXPONENT];
}
