import { InputError } from '../../errors/input-error.ts';
import { parsePythonJson } from '../../formats/json.ts';
import { MemoryBudget } from '../../formats/memory-budget.ts';
import { type TextLine, textLines } from '../../formats/text-lines.ts';
import { decodeUtf8 } from '../../formats/utf8.ts';
import { columnRoles } from '../tables/column-roles.ts';
import { isRecord, readJsonLines, tableOfRecords } from '../tables/record-table.ts';
import { type RowTable, TableBuilder } from '../tables/table.ts';
import {
  bytesPerSeries,
  type NamedSeries,
  numberCount,
  problemOfSteps,
  type SeriesFile,
  stepCounter,
} from './named-series.ts';
import { tableSeries } from './table-series.ts';

const shapes =
  '[numbers], {"name": [numbers], …}, {"steps": [numbers], "values": [numbers]} or [{"step": 0, "name": 1.5}, …]; null is a gap';

/** Where trainers keep their records: `log_history` in trainer_state.json of Hugging Face. */
const recordFields = ['log_history', 'history'];

/**
 * The series of a JSON text: one array of numbers, `{steps, values}`, an object that names several of either, or records: in
 * an array, line by line (JSON Lines), or in a `trainer_state.json`.
 *
 * @param name of a series that has none.
 * @param stepColumn name of the field with the steps; by default the one that is named as steps are.
 * @throws InputError where the bytes are no JSON or hold something else.
 */
export function jsonSeries(
  bytes: Uint8Array,
  file: string,
  name = 'series',
  stepColumn?: string,
): SeriesFile {
  const size = bytes.length;
  const ofRecords = (table: RowTable): SeriesFile => tableSeries(table, size, file, stepColumn);
  if (isJsonLines(bytes)) return ofRecords(readJsonLines([bytes], size, file));
  // Python writes NaN and Infinity into JSON, which has neither.
  const content = parsePythonJson(decodeUtf8(bytes, file, 'CSV or JSON'), {
    file,
    allowed: `JSON: ${shapes}`,
  });
  if (Array.isArray(content) && content.some(isRecord)) return ofRecords(tableOfRecords(content, size, file));
  const records = isRecord(content) ? recordFields.map((field) => content[field]).find(isRecords) : undefined;
  if (records !== undefined) return ofRecords(tableOfRecords(records, size, file));
  return arraySeries(content, size, file, name, stepColumn);
}

/** An object on the first line, and another on the next: no JSON document begins like that. */
export function isJsonLines(bytes: Uint8Array): boolean {
  const lines = textLines([bytes.subarray(0, beginning)]);
  const found: TextLine[] = [];
  for (const line of lines) {
    if (line.text.trim() !== '') found.push(line);
    if (found.length === 2) break;
  }
  const [first, second] = found;
  if (first === undefined || !/^\s*\{.*\}\s*$/.test(first.text)) return false;
  return second === undefined ? false : second.text.trimStart().startsWith('{');
}

/** Of a file; its first two records end within it. */
const beginning = 2 ** 20;

function arraySeries(
  content: unknown,
  size: number,
  file: string,
  name: string,
  stepColumn?: string,
): SeriesFile {
  const reading: Reading = { file, countingSteps: stepCounter(), counted: numberCount(file) };
  const refuseSteps = (): void => {
    if (stepColumn === undefined) return;
    const allowed = 'a file with such a column';
    throw new InputError({ file, field: '--step-column', value: stepColumn, allowed });
  };
  if (Array.isArray(content)) refuseSteps();
  if (Array.isArray(content)) return plainFile([seriesOf(name, content, reading)]);
  if (!isRecord(content)) throw new InputError({ file, allowed: shapes });
  if (Array.isArray(content.steps) && Array.isArray(content.values)) {
    return { ...plainFile([seriesOf(name, content, reading)]), steps: 'steps' };
  }
  const named = Object.entries(content);
  if (named.length === 0) throw new InputError({ file, allowed: shapes });
  new MemoryBudget(size, file).take(bytesPerSeries * named.length, 'series');
  if (named.length > 1 && named.every(([, value]) => Array.isArray(value))) {
    const table = tableOfArrays(named as [string, unknown[]][], size, file, reading);
    const roles = columnRoles(table.columns);
    if (stepColumn !== undefined || roles.includes('steps'))
      return tableSeries(table, size, file, stepColumn);
  }
  refuseSteps();
  return plainFile(named.map(([key, value]) => seriesOf(key, value, reading)));
}

function plainFile(series: readonly NamedSeries[]): SeriesFile {
  return { series, steps: null, leftOut: [], notes: [] };
}

/** Arrays side by side, one of which may hold the steps. */
function tableOfArrays(
  named: readonly [string, unknown[]][],
  size: number,
  file: string,
  { counted }: Reading,
): RowTable {
  const builder = new TableBuilder(file, new MemoryBudget(size, file));
  const rows = Math.max(...named.map(([, values]) => values.length));
  for (const [key, values] of named) {
    const column = builder.column(key);
    counted(values.length);
    values.forEach((value, row) => {
      if (typeof value === 'number') column.setNumber(row, value);
      else if (value === null) column.setGap(row, 'null');
      else {
        const field = `${key}[${row}]`;
        throw new InputError({ file, field, value, allowed: 'a number, or null for a gap' });
      }
    });
  }
  return {
    columns: builder.columns,
    rows,
    hasHeader: true,
    rowName: (row) => `entry ${row}`,
    notes: [],
  };
}

/** What all series of a file share. */
interface Reading {
  readonly file: string;
  readonly countingSteps: ReturnType<typeof stepCounter>;
  readonly counted: ReturnType<typeof numberCount>;
}

function seriesOf(name: string, content: unknown, reading: Reading): NamedSeries {
  const { file, countingSteps } = reading;
  if (Array.isArray(content)) {
    const values = numbersOf(content, name, reading);
    return { name, series: { steps: countingSteps(values.length), values }, problem: null };
  }
  if (!isRecord(content)) throw new InputError({ file, field: name, value: content, allowed: shapes });
  const values = numbersOf(content.values, `${name}.values`, reading);
  const steps = content.steps === undefined ? null : numbersOf(content.steps, `${name}.steps`, reading);
  if (steps !== null && steps.length !== values.length) {
    const allowed = `as many steps as values, ${values.length}`;
    throw new InputError({ file, field: `${name}.steps`, value: `${steps.length} numbers`, allowed });
  }
  const problem = steps === null ? null : problemOfSteps(steps);
  return {
    name,
    series: { steps: steps ?? countingSteps(values.length), values },
    problem: problem === null ? null : `the steps cannot be used: ${problem}`,
  };
}

function numbersOf(content: unknown, field: string, { file, counted }: Reading): Float64Array {
  if (!Array.isArray(content)) throw new InputError({ file, field, allowed: shapes });
  counted(content.length);
  return Float64Array.from(content, (value, i) => {
    if (value === null) return NaN;
    if (typeof value !== 'number') {
      throw new InputError({ file, field: `${field}[${i}]`, value, allowed: 'a number, or null for a gap' });
    }
    return Number.isFinite(value) ? value : NaN;
  });
}

function isRecords(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some(isRecord);
}
