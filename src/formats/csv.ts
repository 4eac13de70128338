import { parse } from 'csv-parse/sync';
import { InputError } from '../errors/input-error.ts';

export interface CsvOptions {
  readonly file?: string;
  /** What the text should be, for messages. */
  readonly allowed: string;
  /** `,` if absent. */
  readonly delimiter?: string;
  /** Whether blank lines are left out; else each is a row of one cell. */
  readonly skipBlankLines?: boolean;
  /** Whether blanks around cells are left out. */
  readonly trim?: boolean;
}

/** Longest row, in characters: its cells are in memory together. */
const longestRow = 2 ** 20;

/**
 * Hands over the rows of a CSV table (RFC 4180) one by one, so that a table never lies in memory as text: a cell of one
 * character would take some fifty bytes.
 *
 * @param content text, or bytes that are known to be UTF-8.
 * @param visit gets the cells of a row, and which row it is, from 0. What it throws is thrown on.
 * @throws InputError where quotes are open, or rows differ in length.
 */
export function readCsv(
  content: string | Uint8Array,
  { file, allowed, delimiter = ',', skipBlankLines = false, trim = false }: CsvOptions,
  visit: (cells: readonly string[], row: number) => void,
): void {
  let row = 0;
  try {
    parse(
      typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.length),
      {
        delimiter,
        max_record_size: longestRow,
        bom: true,
        skip_empty_lines: skipBlankLines,
        trim,
        on_record: (cells: string[]) => {
          visit(cells, row++);
          return null;
        },
      },
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({ file, allowed: `${allowed} (${(error as Error).message})` });
  }
}

/**
 * The cells of one record with quotes in it.
 *
 * @returns null where a quote is open, or stands where none may.
 */
export function quotedCells(record: string, delimiter: string): string[] | null {
  try {
    const [cells = []] = parse(record, {
      delimiter,
      max_record_size: longestRow,
      trim: true,
      relax_column_count: true,
    }) as string[][];
    return cells;
  } catch {
    return null;
  }
}
