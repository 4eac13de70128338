/** What programs write where a value is missing; an empty cell says less: that the row is not of this column. */
const missing = new Set(['nan', '-nan', 'na', 'n/a', '<na>', 'null', 'none']);
/** Written so that digits can be read in one way only: else many of them take the square of their number. */
const plain = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;
const withComma = /^[-+]?(\d+(,\d*)?|,\d+)(e[-+]?\d+)?$/i;
const infinite = /^([-+]?)inf(?:inity)?$/i;

/**
 * The number that a cell of text holds.
 *
 * @param decimalComma whether a comma may stand for the point.
 * @returns NaN where the cell says that there is none, an infinite number where it says so, null for any other text.
 */
export function cellNumber(cell: string, decimalComma = false): number | null {
  const value = +cell;
  // Number() also takes blanks, 0x10 and 0b1.
  if (!Number.isNaN(value) && plain.test(cell)) return value;
  if (decimalComma && withComma.test(cell)) return +cell.replace(',', '.');
  const sign = infinite.exec(cell)?.[1];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  return missing.has(cell.toLowerCase()) ? Number.NaN : null;
}
