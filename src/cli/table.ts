import { plainLine } from '../errors/plain-text.ts';

/**
 * A plain text table for a terminal: columns padded, numbers right-aligned, two spaces between columns. A cell stays in
 * its line, whatever it holds.
 *
 * @example
 * formatTable(['run', 'accuracy'], [['mlp_narrow_seed0', 0.87]]);
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => plainLine(String(cell))));
  const widths = header.map((name, c) => Math.max(name.length, ...cells.map((row) => row[c].length)));
  const numeric = header.map((_, c) =>
    rows.every(
      (row) => typeof row[c] === 'number' || /^[-+–−]?[\d.,]*(e[-+−]?\d+)?( ?%)?$/.test(String(row[c])),
    ),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => (numeric[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}
