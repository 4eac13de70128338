import { readableOn } from '../figures/contrast.ts';
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

/**
 * A figure that follows its reader's color scheme: drawn for white paper, it carries a style under which on a dark page paper and
 * ink change places, and a mark whose color the dark would swallow is lightened. Color scales and images stay as they are.
 */
export function forBothSchemes(svg: string): string {
  const used = new Set(
    [...svg.matchAll(/ (?:fill|stroke)="(#[\da-f]{3,6}|white|rgb\([\d, ]+\))"/gi)].map(([, color]) => color),
  );
  const rules = [...used].sort().flatMap((color) => {
    const dark = COUNTERPARTS[color.toLowerCase()] ?? readableOn(color, PAPER);
    return dark === color ? [] : [`[fill="${color}"]{fill:${dark}}[stroke="${color}"]{stroke:${dark}}`];
  });
  if (rules.length === 0) return svg;
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`;
  return svg.replace(/^(<svg[^>]*>)/, `$1${style}`);
}
