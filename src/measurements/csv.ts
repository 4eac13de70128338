/** What a table cell may hold; null, undefined and numbers that are not finite make an empty cell. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * A table as CSV (RFC 4180): a header line, CRLF line ends, quotes only where needed, numbers as the shortest
 * decimal that reads back as the same float64.
 *
 * @param columns names of the columns, in order; a row's other fields are left out.
 * @example
 * formatCsv(['run', 'value'], [{ run: 'a,b', value: 0.5 }]); // 'run,value\r\n"a,b",0.5\r\n'
 */
export function formatCsv<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Partial<Record<Column, CsvValue>>>>,
): string {
  const lines = [columns.map(formatCell).join(',')];
  for (const row of rows) lines.push(columns.map((column) => formatCell(row[column])).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function formatCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
