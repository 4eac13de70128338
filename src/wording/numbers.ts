/** How numbers stand in cells of tables: an en dash where there is none. Sentences have `sentences.ts`. */

import { typeset } from './typeset.ts';

/** A number for readers: four significant digits, whole ones in full, thousands grouped; an en dash where there is none. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const rounded =
    Number.isInteger(value) && Math.abs(value) < 1e9 ? value : Number(value.toPrecision(digits));
  return typeset(rounded, 1e9);
}

/** A p-value: three significant digits, never 0. */
export function formatPValue(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return value < 1e-4 ? '< 0.0001' : formatNumber(value, 3);
}

/**
 * A p-value behind its letter.
 *
 * @example
 * [pInWords(0.00556), pInWords(1e-9)]; // ['p = 0.00556', 'p < 0.0001']
 */
export function pInWords(value: number | null | undefined): string {
  const text = formatPValue(value);
  return text.startsWith('<') ? `p ${text}` : `p = ${text}`;
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
