import { formatCsv } from './csv.ts';
import type { Table } from './table.ts';

/** How tables are written, by the ending of their files. A format that stands here is written of every table. */
const formats: Readonly<Record<string, (table: Table) => string>> = { csv: formatCsv };

/**
 * The files of tables, one for each format, by path.
 *
 * @param folder that they lie in, `tables/` for one; empty if absent.
 * @example
 * tableFiles([table('runs', 'one run', [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }], ['a'])]);
 * // [['runs.csv', 'run\r\na\r\n']]
 */
export function tableFiles(tables: readonly Table[], folder = ''): [path: string, content: string][] {
  return tables.flatMap((table) =>
    Object.entries(formats).map(([ending, format]): [string, string] => [
      `${folder}${table.name}.${ending}`,
      format(table),
    ]),
  );
}
