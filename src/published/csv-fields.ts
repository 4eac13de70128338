import { parse } from 'csv-parse/sync';
import { InputError } from '../errors/input-error.ts';

/**
 * The cells of a CSV table with a header line: `[row].column` to the cell as written, rows from 0.
 *
 * @param file named in errors.
 * @throws InputError where the text is no table: rows of unequal length, no header, a column twice.
 */
export function csvFields(text: string, file: string): Map<string, string> {
  const [header, ...rows] = tableRows(text, file);
  if (header === undefined) throw new InputError({ file, allowed: 'a table with a header line' });
  if (new Set(header).size !== header.length) {
    throw new InputError({ file, field: 'header', value: header.join(','), allowed: 'each column once' });
  }
  return new Map(
    rows.flatMap((row, i) => row.map((cell, column) => [`[${i}].${header[column]}`, cell] as const)),
  );
}

function tableRows(text: string, file: string): string[][] {
  try {
    return parse(text) as string[][];
  } catch (error) {
    throw new InputError({
      file,
      allowed: `a table in CSV (${error instanceof Error ? error.message : 'unreadable'})`,
    });
  }
}
