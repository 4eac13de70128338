const grouped = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 });
/** With its point, a number that is written so has 15 digits or fewer. */
const mostCharacters = 16;

/**
 * A number as it is printed: with all its digits, thousands grouped, and a true minus sign, also of an exponent.
 *
 * @param most from here on it has an exponent.
 * @example
 * typeset(1995); // '1,995'
 */
export function typeset(value: number, most = 1e15): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  const text =
    size < 1e-4 || size >= most ? value.toExponential().replace('e+', 'e') : withGroups(value, size);
  return text.replaceAll('-', '−');
}

/** Most numbers have no thousands, and are written in a tenth of the time. */
function withGroups(value: number, size: number): string {
  if (size >= 1000) return grouped.format(value);
  const plain = String(value);
  return plain.length <= mostCharacters ? plain : grouped.format(value);
}
