import { textWidth } from './text-width.ts';
import { SMALL } from './theme.ts';

/** Room for a name beside a panel, in CSS pixels. */
const BESIDE = 108;

/**
 * Names of layers as short as their panel needs: leading parts between dots give way to `…`, as far as names stay apart.
 *
 * @param room in CSS pixels, in the figures' small size.
 * @example
 * shortNames(['transformer.layers.0.linear1', 'transformer.layers.1.linear1', 'fc'])[2]; // 'fc'
 * shortNames(['transformer.layers.0.linear1', 'transformer.layers.1.linear1', 'fc'])[0].slice(1); // 'layers.0.linear1'
 */
export function shortNames(names: readonly string[], room = BESIDE): string[] {
  const parts = names.map((name) => name.split('.'));
  const ends = parts.map((own) => {
    let from = 0;
    while (from < own.length - 1 && textWidth(shortened(own, from), SMALL) > room) from++;
    return from;
  });
  // A name that became another's takes back what tells them apart.
  for (;;) {
    const short = parts.map((own, i) => shortened(own, ends[i]));
    const twin = short.findIndex((name, i) => ends[i] > 0 && short.indexOf(name) !== short.lastIndexOf(name));
    if (twin < 0) return short;
    short.forEach((name, i) => {
      if (name === short[twin] && ends[i] > 0) ends[i]--;
    });
  }
}

function shortened(parts: readonly string[], from: number): string {
  return from === 0 ? parts.join('.') : `…${parts.slice(from).join('.')}`;
}
