import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { quote } from '../../errors/quote.ts';
import { readCsv } from '../../formats/csv.ts';
import { MemoryBudget } from '../../formats/memory-budget.ts';
import {
  bytesPerSeries,
  type NamedSeries,
  numberCount,
  problemOfSteps,
  stepCounter,
} from './named-series.ts';

/** Names of a column that holds steps, in any case. */
export const stepColumnNames = ['step', 'index', 't', 'time'] as const;

/** What programs write where a value is missing. */
const missing = new Set(['', 'nan', 'na', 'n/a', 'null', 'none']);
/** Written so that digits can be read in one way only: else many of them take the square of their number. */
const number = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/;
const infinite = new Set(['inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity']);

/**
 * The series of a table, one per column: separated by commas, semicolons or tabs, with a header line or not. A column
 * named step, index, t or time has the steps. Empty cells at the end of a column are past its end; elsewhere a gap.
 *
 * @param stepColumn name of the column of steps, or its number from 1 where there is no header.
 * @throws InputError where the text is no table of numbers.
 */
export function csvSeries(text: string, file: string, stepColumn?: string): NamedSeries[] {
  const { columns, hasHeader } = readColumns(text, file);
  if (!columns.some(({ hasNumber }) => hasNumber)) {
    throw new InputError({ file, allowed: 'columns of numbers, or JSON' });
  }
  const names = columns.map(({ name }) => name);
  const stepsAt = stepColumnOf(names, hasHeader, file, stepColumn);
  const steps = stepsAt === -1 ? null : columns[stepsAt].toSeries();
  const count = stepCounter();
  return columns
    .filter((_, c) => c !== stepsAt)
    .map((column) => {
      const { name, values, problem } = column.toSeries();
      const own = steps === null ? count(values.length) : stepsFor(steps.values, values.length);
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
  if (length <= steps.length) return steps.subarray(0, length);
  const padded = new Float64Array(length).fill(NaN);
  padded.set(steps);
  return padded;
}

function readColumns(text: string, file: string): { columns: readonly Column[]; hasHeader: boolean } {
  const firstLine = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  // Not by trial: in a file with decimal commas between semicolons, a comma would part each number in two.
  const delimiter = firstLine.includes('\t') ? '\t' : firstLine.includes(';') ? ';' : ',';
  const budget = new MemoryBudget(text.length, file);
  const counted = numberCount(file);
  let columns: Column[] = [];
  let hasHeader = false;
  readCsv(
    text,
    { file, allowed: 'a CSV table or JSON', delimiter, skipBlankLines: true, trim: true },
    (cells, row) => {
      if (row === 0) {
        hasHeader = cells.some((cell) => !isNumeric(cell));
        budget.take(bytesPerSeries * cells.length, 'columns');
        columns = cells.map((cell, c) => new Column(hasHeader && cell !== '' ? cell : `column ${c + 1}`));
        if (hasHeader) return;
      }
      counted(cells.length);
      for (let c = 0; c < columns.length; c++) columns[c].add(cells[c]);
    },
  );
  return { columns, hasHeader };
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

/** Collects a column's cells from the top as numbers. */
class Column {
  readonly name: string;
  /** Whether any cell holds more than a blank. */
  hasNumber = false;
  readonly #values: number[] = [];
  /** Up to the last cell that is not empty. */
  #length = 0;
  #problem: string | null = null;

  constructor(name: string) {
    this.name = name;
  }

  add(cell: string): void {
    this.#values.push(numberOf(cell));
    if (cell === '') return;
    this.#length = this.#values.length;
    if (isNumeric(cell)) this.hasNumber = true;
    else this.#problem ??= `row ${this.#length} is ${quote(cell)}, not a number`;
  }

  toSeries(): { name: string; values: Float64Array; problem: string | null } {
    const values = new Float64Array(this.#length);
    for (let i = 0; i < values.length; i++) values[i] = this.#values[i];
    return { name: this.name, values, problem: this.#problem };
  }
}

function isNumeric(cell: string): boolean {
  const word = cell.toLowerCase();
  return missing.has(word) || infinite.has(word) || number.test(word);
}

function numberOf(cell: string): number {
  const word = cell.toLowerCase();
  if (missing.has(word)) return NaN;
  if (infinite.has(word)) return word.startsWith('-') ? -Infinity : Infinity;
  return Number(cell);
}
