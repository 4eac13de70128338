import { csvPieces, formatCsv } from './csv.ts';
import { formatParquet } from './parquet.ts';
import type { Table } from './table.ts';
import { type TableFormat, tableFormats } from './table-formats.ts';

/** How tables are written. */
const formats: Readonly<Record<TableFormat, (table: Table) => string | Uint8Array>> = {
  csv: formatCsv,
  parquet: formatParquet,
};

/** The same for long tables, whose lines are never all in memory; Parquet stands together by columns. */
const pieces: Readonly<Record<TableFormat, (table: Table) => Generator<string> | Uint8Array>> = {
  csv: csvPieces,
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

/** The files of one table, each made while it is written; see `tableFiles`. */
export function* longTableFiles(
  table: Table,
  folder: string,
  chosen: readonly TableFormat[],
): Generator<[path: string, content: Generator<string> | Uint8Array]> {
  for (const ending of chosen) yield [`${folder}${table.name}.${ending}`, pieces[ending](table)];
}
