import { ON_DARK } from '../figures/theme.ts';

/** The dark page's paper; see `figures/page.css`. */
export const PAPER = '#17181a';
/** Colors with a role have a counterpart of their own. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ON_DARK).map(([light, dark]) => [light.toLowerCase(), dark])),
  white: PAPER,
  '#ffffff': PAPER,
  '#1d1d1f': '#e8e8e6',
  '#55585d': '#a5a8ad',
  '#e6e6e3': '#3a3d42',
  '#ddd': '#3a3d42',
  '#c9ccd1': '#50545b',
};
/** What WCAG 2.2 asks of graphics (1.4.11). */
const LEAST_CONTRAST = 3;

/**
 * A figure that follows its reader's color scheme: drawn for white paper, it carries a style under which on a dark page paper and
 * ink change places, and a mark whose color the dark would swallow is lightened. Color scales and images stay as they are.
 */
export function forBothSchemes(svg: string): string {
  const used = new Set(
    [...svg.matchAll(/ (?:fill|stroke)="(#[\da-f]{3,6}|white|rgb\([\d, ]+\))"/gi)].map(([, color]) => color),
  );
  const rules = [...used].sort().flatMap((color) => {
    const dark = COUNTERPARTS[color.toLowerCase()] ?? lightened(color);
    return dark === color ? [] : [`[fill="${color}"]{fill:${dark}}[stroke="${color}"]{stroke:${dark}}`];
  });
  if (rules.length === 0) return svg;
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`;
  return svg.replace(/^(<svg[^>]*>)/, `$1${style}`);
}

/** The color, mixed with as much white as a mark on the dark page needs to be seen. */
function lightened(color: string): string {
  const channels = channelsOf(color);
  if (channels === null) return color;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channels.map((channel) => Math.round(channel + share * (255 - channel)));
    if (contrast(mixed, channelsOf(PAPER)!) >= LEAST_CONTRAST) {
      return share === 0 ? color : `rgb(${mixed.join(', ')})`;
    }
  }
  return color;
}

function channelsOf(color: string): number[] | null {
  const decimal = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (decimal !== null) return decimal.slice(1).map(Number);
  const hex = /^#([\da-f]{6})$/i.exec(color);
  return hex === null ? null : [0, 2, 4].map((at) => Number.parseInt(hex[1].slice(at, at + 2), 16));
}

/** Of two sRGB colors, by WCAG 2.2: 1 to 21. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(channels: readonly number[]): number {
  const [r, g, b] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
