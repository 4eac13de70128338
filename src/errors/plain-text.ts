/**
 * Characters that act on whatever shows them instead of being shown: C0 and C1 controls (ESC, BEL), halves of surrogate
 * pairs, marks that turn the direction of writing (Unicode's Bidi_Control), line and paragraph separators, annotation and
 * tag characters, and U+FFFE and U+FFFF, which XML forbids. Tab and line feed are among them.
 */
const acting =
  /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
const replacement = '\ufffd';

/**
 * A text as it may be shown: on a terminal, in an SVG, in a page. Characters that would act are shown as U+FFFD; tabs and
 * line feeds stay.
 *
 * @example
 * plainText('a\u001b[2Jb\n'); // 'a�[2Jb\n'
 */
export function plainText(text: string): string {
  return text.replace(acting, (character) =>
    character === '\n' || character === '\t' ? character : replacement,
  );
}

/**
 * The same in one line, for a name or a message that somebody else wrote: it can neither break the line nor begin one.
 *
 * @param longest characters kept; the rest is cut, with an ellipsis in its place.
 */
export function plainLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  // Cut first: the work is bounded by what is shown, not by what a file holds.
  const kept = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return kept.replace(/[\t\n\r]+/g, ' ').replace(acting, replacement);
}

/**
 * JSON text that says the same in characters that do not act: they are written as escapes, as JSON.stringify does with
 * some of them. Line feeds between values stay.
 *
 * @example
 * plainJson(JSON.stringify('\u202e')); // '"\\u202e"'
 */
export function plainJson(json: string): string {
  return json.replace(acting, (character) => (character === '\n' ? character : escaped(character)));
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
