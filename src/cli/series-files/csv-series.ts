import { parse } from 'csv-parse/sync';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { countingSteps, type NamedSeries, problemOfSteps } from './named-series.ts';

/** Names of a column that holds steps, in any case. */
export const stepColumnNames = ['step', 'index', 't', 'time'] as const;

/** What programs write where a value is missing. */
const missing = new Set(['', 'nan', 'na', 'n/a', 'null', 'none']);
const infinite = new Set(['inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity']);

/**
 * The series of a table, one per column: separated by commas, semicolons or tabs, with a header line or not. A column
 * named step, index, t or time has the steps. Empty cells at the end of a column are past its end; elsewhere a gap.
 *
 * @param stepColumn name of the column of steps, or its number from 1 where there is no header.
 * @throws InputError where the text is no table of numbers.
 */
export function csvSeries(text: string, file: string, stepColumn?: string): NamedSeries[] {
  const rows = tableRows(text, file);
  const width = rows[0]?.length ?? 0;
  const hasHeader = width > 0 && rows[0].some((cell) => !isNumeric(cell));
  const names = Array.from({ length: width }, (_, c) =>
    hasHeader && rows[0][c] !== '' ? rows[0][c] : `column ${c + 1}`,
  );
  const cells = hasHeader ? rows.slice(1) : rows;
  if (!cells.some((row) => row.some((cell) => cell !== '' && isNumeric(cell)))) {
    throw new InputError({ file, allowed: 'columns of numbers, or JSON' });
  }
  const stepsAt = stepColumnOf(names, hasHeader, file, stepColumn);
  const columns = names.map((name, c) => columnOf(cells, c, name));
  const steps = stepsAt === -1 ? null : columns[stepsAt];
  return columns
    .filter((_, c) => c !== stepsAt)
    .map(({ name, values, problem }) => {
      const own = steps === null ? countingSteps(values.length) : stepsFor(steps.values, values.length);
      const stepProblem = steps?.problem ?? problemOfSteps(own);
      return {
        name,
        series: { steps: own, values },
        problem: problem ?? (stepProblem === null ? null : `the steps cannot be used: ${stepProblem}`),
      };
    });
}

/** As many steps as there are values; NaN where the column of steps ends before. */
function stepsFor(steps: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => steps[i] ?? NaN);
}

function tableRows(text: string, file: string): string[][] {
  const firstLine = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  // Not by trial: in a file with decimal commas between semicolons, a comma would part each number in two.
  const delimiter = firstLine.includes('\t') ? '\t' : firstLine.includes(';') ? ';' : ',';
  try {
    return parse(text, { bom: true, delimiter, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new InputError({ file, allowed: `a CSV table or JSON (${(error as Error).message})` });
  }
}

function stepColumnOf(names: readonly string[], hasHeader: boolean, file: string, asked?: string): number {
  if (asked === undefined) {
    if (names.length < 2) return -1;
    return names.findIndex((name) => stepColumnNames.some((known) => known === name.toLowerCase()));
  }
  const found = hasHeader ? names.indexOf(asked) : names.indexOf(`column ${asked}`);
  if (found === -1) {
    throw new InputError({ file, field: '--step-column', value: asked, allowed: oneOf(asked, names) });
  }
  return found;
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
  readonly problem: string | null;
}

function columnOf(rows: readonly string[][], c: number, name: string): Column {
  let length = rows.length;
  while (length > 0 && rows[length - 1][c] === '') length--;
  const values = new Float64Array(length);
  let problem: string | null = null;
  for (let r = 0; r < length; r++) {
    const cell = rows[r][c];
    values[r] = numberOf(cell);
    if (problem === null && !isNumeric(cell))
      problem = `row ${r + 1} is ${JSON.stringify(cell)}, not a number`;
  }
  return { name, values, problem };
}

function isNumeric(cell: string): boolean {
  const word = cell.toLowerCase();
  return missing.has(word) || infinite.has(word) || /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(word);
}

function numberOf(cell: string): number {
  const word = cell.toLowerCase();
  if (missing.has(word)) return NaN;
  if (infinite.has(word)) return word.startsWith('-') ? -Infinity : Infinity;
  return Number(cell);
}
