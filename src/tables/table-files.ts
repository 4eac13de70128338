import { csvPieces, formatCsv } from './csv.ts';
import { formatParquet, parquetRows } from './parquet.ts';
import type { Table } from './table.ts';
import { type TableFormat, tableFormats } from './table-formats.ts';

/** How tables are written. */
const formats: Readonly<Record<TableFormat, (table: Table) => string | Uint8Array>> = {
  csv: formatCsv,
  parquet: formatParquet,
};

/**
 * The files of tables, one for each format, by path.
 *
 * @param folder that they lie in, `tables/` for one; empty if absent.
 * @param chosen formats; all if absent.
 * @example
 * tableFiles([table('runs', 'one run', [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }], ['a'])], '', ['csv']);
 * // [['runs.csv', 'run\r\na\r\n']]
 */
export function tableFiles(
  tables: readonly Table[],
  folder = '',
  chosen: readonly TableFormat[] = tableFormats,
): [path: string, content: string | Uint8Array][] {
  return tables.flatMap((table) =>
    chosen.map((ending): [string, string | Uint8Array] => [
      `${folder}${table.name}.${ending}`,
      formats[ending](table),
    ]),
  );
}

/**
 * The files of one long table, each made while it is written, its lines never all in memory; see `tableFiles`. Rows take time to make: while the
 * lines of CSV are written, Parquet, which stands together by columns, gathers them too.
 */
export function* longTableFiles(
  table: Table,
  folder: string,
  chosen: readonly TableFormat[],
): Generator<[path: string, content: Generator<string> | Uint8Array]> {
  const path = (ending: TableFormat): string => `${folder}${table.name}.${ending}`;
  const both = chosen.includes('csv') && chosen.includes('parquet');
  if (!both) {
    for (const ending of chosen)
      yield [path(ending), ending === 'csv' ? csvPieces(table) : formatParquet(table)];
    return;
  }
  const parquet = parquetRows(table);
  let all = false;
  const rows = function* () {
    for (const row of table.rows) {
      parquet.add(row);
      yield row;
    }
    all = true;
  };
  yield [path('csv'), csvPieces({ ...table, rows: rows() })];
  yield [path('parquet'), all ? parquet.finished() : formatParquet(table)];
}
