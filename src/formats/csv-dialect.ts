/** What of a table's first lines is no row, and what parts its cells. */
export interface CsvDialect {
  readonly delimiter: string;
  /** Lines before the header or the first row. */
  readonly skip: number;
  /** Whether the first row is a line of names behind a `#`, as numpy.savetxt writes it. */
  readonly commentedHeader: boolean;
}

/**
 * The dialect of a table, from its beginning: a line `sep=;`, as Excel writes it, lines of comments, and tabs, semicolons,
 * commas or blanks between cells.
 *
 * @param beginning the first lines, at most some kilobytes.
 */
export function csvDialect(beginning: string): CsvDialect {
  const lines = beginning.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const named = /^"?sep=(.)"?$/i.exec(lines[0]?.trim() ?? '')?.[1];
  const first = named === undefined ? 0 : 1;
  let rows = first;
  while (rows < lines.length && /^\s*(?:#|$)/.test(lines[rows])) rows++;
  const hasComment = rows > first && lines[rows - 1].trim().startsWith('#');
  const delimiter = named ?? delimiterOf(lines[rows] ?? '', lines[first] ?? '');
  // The comment right above the numbers names the columns, where it has as many names.
  const count = (line: string): number => line.trim().split(delimiter === ' ' ? /\s+/ : delimiter).length;
  const names = hasComment ? lines[rows - 1].trim().replace(/^#\s*/, '') : '';
  const commentedHeader = hasComment && names !== '' && count(names) === count(lines[rows] ?? '');
  return { delimiter, skip: commentedHeader ? rows - 1 : rows, commentedHeader };
}

/** Not by trial: in a file with decimal commas between semicolons, a comma would part each number in two. */
function delimiterOf(row: string, before: string): string {
  for (const delimiter of ['\t', ';', ',']) if (row.includes(delimiter)) return delimiter;
  for (const delimiter of ['\t', ';', ',']) if (before.includes(delimiter)) return delimiter;
  // Blanks part numbers; between words they are a sentence.
  return /^\s*[-+.\d]\S*(?:\s+[-+.\d]\S*)+\s*$/.test(row) ? ' ' : ',';
}
