import { type Cell, isEmpty, type Table } from './table.ts';

/**
 * A table as CSV (RFC 4180): a header line, CRLF line ends, quotes only where needed, numbers as the shortest
 * decimal that reads back as the same float64, the entries of a list with `; ` between them.
 *
 * @example
 * formatCsv(table('runs', 'one run', [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }], ['a,b']));
 * // 'run\r\n"a,b"\r\n'
 */
export function formatCsv(table: Pick<Table, 'columns' | 'rows'>): string {
  return [...csvPieces(table)].join('');
}

/** The same line by line, each made when it is asked for. */
export function* csvPieces({ columns, rows }: Pick<Table, 'columns' | 'rows'>): Generator<string> {
  yield lineOf(columns.map(({ name }) => name));
  for (const row of rows) yield lineOf(row);
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

function formatCell(cell: Cell): string {
  if (isEmpty(cell)) return '';
  const text = typeof cell === 'object' ? cell.join('; ') : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
