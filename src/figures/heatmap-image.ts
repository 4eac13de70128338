import { scheme } from 'vega';
import { base64 } from './base64.ts';
import { indexedPng } from './indexed-png.ts';
import { SEQUENTIAL_SCHEME } from './theme.ts';

const LEVELS = 255;
/** Pixels per layer: viewers that smooth images blur the seams between layers by a fraction of a row only. */
const ROW_HEIGHT = 8;
/** Index of the color of an undetermined value. */
const UNDETERMINED = LEVELS;

type Palette = readonly (readonly [number, number, number, number])[];

const palettes = new Map<string, Palette>();

function paletteOf(name: string): Palette {
  const palette = palettes.get(name) ?? [
    ...Array.from({ length: LEVELS }, (_, i) => color(name, i / (LEVELS - 1))),
    [0xd9, 0xd9, 0xd9, 0] as const,
  ];
  palettes.set(name, palette);
  return palette;
}

/**
 * The cells of a heatmap as a PNG data URI of one pixel per cell, stretched over the panel when drawn. A rectangle per
 * cell would cost some 120 bytes of SVG each, 800 kB for 17 layers of 400 measurements; a pixel costs about one byte.
 *
 * @param rows one row of columns per layer, from `binValues`; NaN is left transparent
 * @param ranges the values at the two ends of each row's color scale
 * @param colors name of a color scheme
 */
export function heatmapImage(
  rows: readonly Float64Array[],
  ranges: readonly (readonly [number, number])[],
  colors = SEQUENTIAL_SCHEME,
): string {
  const width = rows[0]?.length ?? 1;
  const height = Math.max(1, rows.length) * ROW_HEIGHT;
  const indices = new Uint8Array(height * width).fill(UNDETERMINED);
  rows.forEach((row, r) => {
    const [low, high] = ranges[r];
    row.forEach((value, column) => {
      if (!Number.isFinite(value)) return;
      const share = high > low ? (value - low) / (high - low) : 0.5;
      const index = Math.round(Math.min(1, Math.max(0, share)) * (LEVELS - 1));
      for (let y = r * ROW_HEIGHT; y < (r + 1) * ROW_HEIGHT; y++) indices[y * width + column] = index;
    });
  });
  return `data:image/png;base64,${base64(indexedPng(indices, width, height, paletteOf(colors)))}`;
}

function color(name: string, share: number): [number, number, number, number] {
  // Vega's continuous schemes answer with `rgb(r, g, b)` or `#rrggbb`.
  const text = (scheme(name) as unknown as (t: number) => string)(share);
  const parts = text.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16))
    : [...text.matchAll(/\d+/g)].map(Number);
  return [parts[0], parts[1], parts[2], 255];
}
