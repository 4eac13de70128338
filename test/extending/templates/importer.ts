import { runOf } from '../../../src/derived/run-of.ts';
import { InputError } from '../../../src/errors/input-error.ts';
import { readCsv } from '../../../src/formats/csv.ts';
import type { Run } from '../../../src/measurements/types.ts';

/** Far above any real log. */
const mostRows = 1_000_000;

/**
 * Reads a table whose columns are `step` and one per layer, a metric's value in each cell.
 *
 * @throws InputError where the text is something else.
 */
export function readLayerTable(text: string, file: string, metric: string): Run {
  const rows: number[][] = [];
  let names: readonly string[] = [];
  readCsv(text, { file, allowed: 'a CSV table', skipBlankLines: true }, (cells, row) => {
    if (row > mostRows) throw new InputError({ file, field: 'rows', allowed: `at most ${mostRows}` });
    if (row > 0) rows.push(cells.map(Number));
    else names = cells;
  });
  if (names[0] !== 'step' || names.length < 2) {
    throw new InputError({ file, field: 'columns', value: names.join(), allowed: 'step, and layers' });
  }
  const column = (c: number): number[] => rows.map((cells) => cells[c]);
  const layers = names.slice(1).map((name, c) => [name, { [metric]: column(c + 1) }] as const);
  return runOf({ id: 'imported', steps: column(0), layers: Object.fromEntries(layers) });
}
