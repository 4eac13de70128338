import { readableOn } from '../figures/contrast.ts';
import { DARK_INK, DARK_PAPER, INK, MUTED, NULL_BAND, ON_DARK } from '../figures/theme.ts';

/** Colors with a role have a counterpart of their own. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ON_DARK).map(([light, dark]) => [light.toLowerCase(), dark])),
  white: DARK_PAPER,
  '#ffffff': DARK_PAPER,
  [INK]: DARK_INK,
  [MUTED]: '#a5a8ad',
  '#e6e6e3': '#3a3d42',
  '#ddd': '#3a3d42',
  [NULL_BAND]: '#50545b',
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
    const dark = COUNTERPARTS[color.toLowerCase()] ?? readableOn(color, DARK_PAPER);
    return dark === color ? [] : [`[fill="${color}"]{fill:${dark}}[stroke="${color}"]{stroke:${dark}}`];
  });
  if (rules.length === 0) return svg;
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`;
  return svg.replace(/^(<svg[^>]*>)/, `$1${style}`);
}
