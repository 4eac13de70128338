import { plainJson } from '../errors/plain-text.ts';
import { type Markup, trusted } from './markup.ts';

/**
 * A value as a JSON data block that no content can end early: `<` is written as an escape, so that neither
 * `</script>` nor `<!--` can occur. Numbers that are not finite are written as null.
 */
export function jsonBlock(id: string, value: unknown): Markup {
  const json = JSON.stringify(value, (_, entry) =>
    typeof entry === 'number' && !Number.isFinite(entry) ? null : entry,
  );
  return trusted(
    `<script type="application/json" id="${id}">${plainJson(json).replaceAll('<', '\\u003c')}</script>`,
  );
}

/** A data block of base64, which no content can end. */
export function dataBlock(id: string, packed: string): Markup {
  return trusted(`<script type="text/plain" id="${id}">${packed}</script>`);
}

/**
 * A program of ours inside a script element. In JavaScript `</script` and `<!--` can only stand in strings, templates,
 * regular expressions and comments, where `<\/` and `<\!` mean the same.
 */
export function scriptBlock(code: string): Markup {
  const safe = code.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
  return trusted(`<script>${safe}</script>`);
}
