import { formatCsv } from './csv.ts';
import { formatParquet } from './parquet.ts';
import type { Table } from './table.ts';

/** How tables are written, by the ending of their files. A format that stands here can be asked for of every table. */
const formats = { csv: formatCsv, parquet: formatParquet } as const;

/** The ending of the files of a format. */
export type TableFormat = keyof typeof formats;

/** All of them. */
export const tableFormats = Object.keys(formats) as readonly TableFormat[];

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
