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
 * Takes the lines of a table (RFC 4180) for its rows, row by row, so that a table never lies in memory as text. Blank lines are
 * left out. A row with quotes in it may go over several lines; whether rows are equally long is left to the caller.
 */
export class CsvRows {
  readonly #delimiter: string;
  #open: { readonly line: number; text: string } | null = null;

  /** @param delimiter one character, or a blank for any number of blanks. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Whether a row is open that goes on in the next line. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** The row that ends with the next line; null where none does. */
  take({ number, text, ended }: TextLine): CsvRow | null {
    if (this.#open === null) {
      if (!text.includes('"')) {
        if (text.trim() === '') return null;
        return { line: number, cells: plainCells(text, this.#delimiter), ended };
      }
      this.#open = { line: number, text };
    } else this.#open.text += `\n${text}`;
    const open = this.#open;
    const isOpen = quotes(open.text) % 2 === 1;
    if (isOpen && ended && open.text.length <= longestRow) return null;
    this.#open = null;
    return { line: open.line, cells: isOpen ? null : quotedCells(open.text, this.#delimiter), ended };
  }

  /** The row that is still open after the last line. */
  finish(): CsvRow | null {
    const open = this.#open;
    return open === null ? null : { line: open.line, cells: null, ended: false };
  }
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
