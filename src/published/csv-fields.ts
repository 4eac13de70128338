import { InputError } from '../errors/input-error.ts';
import { readCsv } from '../formats/csv.ts';
import { checkField, type Fields } from './fields.ts';

/**
 * The cells of a CSV table with a header line: `[row].column` to the cell as written, rows from 0.
 *
 * @param file named in errors.
 * @throws InputError where the text is no table: rows of unequal length, no header, a column twice.
 */
export function csvFields(text: string, file: string): Fields {
  const fields: Fields = new Map();
  let header: readonly string[] | null = null;
  readCsv(text, { file, allowed: 'a table in CSV' }, (cells, row) => {
    if (header === null) {
      header = cells;
      if (new Set(header).size !== header.length) {
        throw new InputError({ file, field: 'header', value: header.join(','), allowed: 'each column once' });
      }
      return;
    }
    for (const [column, cell] of cells.entries()) {
      const path = `[${row - 1}].${header[column]}`;
      checkField(path, fields, file);
      fields.set(path, cell);
    }
  });
  if (header === null) throw new InputError({ file, allowed: 'a table with a header line' });
  return fields;
}
