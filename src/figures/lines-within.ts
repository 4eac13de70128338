import type { FigureStyle } from './styles.ts';
import { textWidth } from './text-width.ts';

/** How a text is set. */
export interface TextSetting {
  readonly bold?: boolean;
  /** In CSS pixels; the style's small size by default. */
  readonly fontSize?: number;
  /** Whether it begins with a name and a colon, after which it is parted first. */
  readonly named?: boolean;
}

/**
 * A text in lines that fit a width: what is longer is parted between words, and only a word that is too long by itself within it.
 *
 * @param width in CSS pixels.
 * @returns the text itself where it fits.
 */
export function linesWithin(
  text: string,
  width: number,
  { widening, small }: Pick<FigureStyle, 'widening' | 'small'>,
  { bold = false, fontSize = small, named = false }: TextSetting = {},
): string | string[] {
  const fits = (line: string): boolean => widening * textWidth(line, fontSize, bold) <= width;
  if (fits(text)) return text;
  const colon = named ? text.indexOf(': ') : -1;
  const parts = colon < 0 ? [text] : [text.slice(0, colon + 1), text.slice(colon + 2)];
  return parts.flatMap((part) => inLines(part, fits));
}

/** A number stays with its percent sign. */
const BREAK = / (?!%)/;

function inLines(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(BREAK).flatMap((whole) => pieces(whole, fits))) {
    if (line !== '' && !fits(`${line} ${word}`)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A word, or its parts where it does not fit a line: names of runs are long, and have no spaces. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  const found: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && !fits(piece + character)) {
      const cut = Math.max(piece.lastIndexOf('_'), piece.lastIndexOf('-'), piece.lastIndexOf('/')) + 1;
      const at = cut > piece.length / 3 ? cut : piece.length;
      found.push(piece.slice(0, at));
      piece = piece.slice(at);
    }
    piece += character;
  }
  return [...found, piece];
}
