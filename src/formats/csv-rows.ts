import { quotedCells } from './csv.ts';
import type { TextLine } from './text-lines.ts';

/** One row of a table of text. */
export interface CsvRow {
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Without blanks around them; null where quotes do not close. */
  readonly cells: readonly string[] | null;
  /** Whether a line end follows. */
  readonly ended: boolean;
}

/** Longest row, in characters: its cells are in memory together. */
const longestRow = 2 ** 20;

/**
 * The rows of a table (RFC 4180), row by row, so that a table never lies in memory as text. Blank lines are left out.
 * A row with quotes in it may go over several lines; whether rows are equally long is left to the caller.
 *
 * @param delimiter one character, or a blank for any number of blanks.
 */
export function* csvRows(lines: Iterable<TextLine>, delimiter: string): Generator<CsvRow> {
  let open: { readonly line: number; text: string } | null = null;
  for (const { number, text, ended } of lines) {
    if (open === null) {
      if (!text.includes('"')) {
        if (text.trim() !== '') yield { line: number, cells: plainCells(text, delimiter), ended };
        continue;
      }
      open = { line: number, text };
    } else open.text += `\n${text}`;
    const isOpen = quotes(open.text) % 2 === 1;
    if (isOpen && ended && open.text.length <= longestRow) continue;
    yield { line: open.line, cells: isOpen ? null : quotedCells(open.text, delimiter), ended };
    open = null;
  }
  if (open !== null) yield { line: open.line, cells: null, ended: false };
}

function plainCells(text: string, delimiter: string): string[] {
  if (delimiter === ' ') return text.trim().split(/\s+/);
  const cells = text.split(delimiter);
  for (let c = 0; c < cells.length; c++) cells[c] = cells[c].trim();
  return cells;
}

function quotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}
