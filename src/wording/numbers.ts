/** How numbers stand in cells of tables: an en dash where there is none. Sentences have `sentences.ts`. */

/** A number for readers: four significant digits, thin grouping left out; an en dash where there is none. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  const rounded = Number(value.toPrecision(digits));
  return (
    Math.abs(rounded) < 1e-4 || Math.abs(rounded) >= 1e9 ? rounded.toExponential() : String(rounded)
  ).replace('-', '−');
}

/** A p-value: three significant digits, never 0. */
export function formatPValue(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return value < 1e-4 ? '< 0.0001' : formatNumber(value, 3);
}

/** A share of 1 as a percentage with one decimal. */
export function formatPercent(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : `${(100 * value).toFixed(1)} %`;
}

/** From the first to the last value of a series; an en dash where there is none. */
export function formatPassage(
  ends: { readonly first: number | null; readonly last: number | null } | undefined,
): string {
  return ends === undefined || ends.last === null
    ? '–'
    : `${formatNumber(ends.first)} → ${formatNumber(ends.last)}`;
}

/** `[low, high]`. */
export function formatInterval(interval: readonly [number, number] | null | undefined): string {
  return interval ? `[${formatNumber(interval[0])}, ${formatNumber(interval[1])}]` : '–';
}
