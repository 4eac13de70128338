import { type Cell, isEmpty, type Table } from './table.ts';

/**
 * A table as CSV (RFC 4180): a header line, CRLF line ends, quotes only where needed, numbers as the shortest
 * decimal that reads back as the same float64, the entries of a list with `; ` between them.
 *
 * @example
 * formatCsv(table('runs', 'one run', [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }], ['a,b']));
 * // 'run\r\n"a,b"\r\n'
 */
export function formatCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const lines = [columns.map(({ name }) => formatCell(name)).join(',')];
  for (const row of rows) lines.push(row.map(formatCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function formatCell(cell: Cell): string {
  if (isEmpty(cell)) return '';
  const text = typeof cell === 'object' ? cell.join('; ') : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
