import { scheme } from 'vega';
import { indexedPng } from './indexed-png.ts';
import { binValues, type StepBins } from './step-bins.ts';
import { SEQUENTIAL_SCHEME } from './theme.ts';

const LEVELS = 255;
/** Index of the colour of an undetermined value. */
const UNDETERMINED = LEVELS;

const PALETTE: readonly (readonly [number, number, number, number])[] = [
  ...Array.from({ length: LEVELS }, (_, i) => colour(i / (LEVELS - 1))),
  [0xd9, 0xd9, 0xd9, 0],
];

/**
 * One layer's row of a heatmap as a one-pixel-high PNG data URI, stretched to its band when drawn. A rectangle per
 * cell would cost some 120 bytes of SVG each, 800 kB for 17 layers of 400 measurements; a strip costs about one byte.
 *
 * @param values one per measurement; NaN is left transparent
 * @param range the values of the scale's two ends
 */
export function heatmapStrip(values: Float64Array, bins: StepBins, range: readonly [number, number]): string {
  const [low, high] = range;
  const indices = Uint8Array.from(binValues(values, bins), (value) => {
    if (!Number.isFinite(value)) return UNDETERMINED;
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return Math.round(Math.min(1, Math.max(0, share)) * (LEVELS - 1));
  });
  return `data:image/png;base64,${toBase64(indexedPng(indices, bins.columns, 1, PALETTE))}`;
}

function colour(share: number): [number, number, number, number] {
  // Vega's continuous schemes answer with `rgb(r, g, b)` or `#rrggbb`.
  const text = (scheme(SEQUENTIAL_SCHEME) as unknown as (t: number) => string)(share);
  const parts = text.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16))
    : [...text.matchAll(/\d+/g)].map(Number);
  return [parts[0], parts[1], parts[2], 255];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
