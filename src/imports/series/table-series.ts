import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { MemoryBudget } from '../../formats/memory-budget.ts';
import type { Column } from '../tables/column.ts';
import { columnRoles } from '../tables/column-roles.ts';
import type { RowTable } from '../tables/table.ts';
import {
  bytesPerSeries,
  type NamedSeries,
  numberCount,
  problemOfSteps,
  type SeriesFile,
  stepCounter,
} from './named-series.ts';

/**
 * The series of a table: one per column of numbers, on the rows where something stands in it. The steps come from the column
 * that is named as steps are; columns of times, indices and texts are no series, and are listed.
 *
 * @param size of the file, in characters or bytes.
 * @param stepColumn name of the column of steps, or its number from 1 where the table has no header.
 * @throws InputError where there is no such column, or no column of numbers at all.
 */
export function tableSeries(table: RowTable, size: number, file: string, stepColumn?: string): SeriesFile {
  const { columns, notes } = table;
  if (!columns.some(({ numbers }) => numbers > 0)) {
    throw new InputError({ file, allowed: 'columns of numbers, or JSON' });
  }
  new MemoryBudget(size, file).take(bytesPerSeries * columns.length, 'columns');
  const roles = columnRoles(columns, askedColumn(table, file, stepColumn));
  const stepsAt = roles.indexOf('steps');
  const steps = stepsAt === -1 ? null : columns[stepsAt];
  const counted = numberCount(file);
  const count = stepCounter();
  const curves = columns.filter((_, c) => roles[c] === 'curve');
  // Without steps, an empty cell in the middle is a gap: rows are counted.
  const series = curves.map((column) => {
    counted(column.numbers + column.gaps + column.textCells);
    return steps === null ? countedSeries(column, table, count) : seriesOnRows(column, steps, table);
  });
  return {
    series,
    steps: steps?.name ?? null,
    leftOut: columns.flatMap(({ name }, c) =>
      roles[c] === 'steps' || roles[c] === 'curve' ? [] : [{ name, what: roles[c] }],
    ),
    notes,
  };
}

function askedColumn({ columns, hasHeader }: RowTable, file: string, asked?: string): number | undefined {
  if (asked === undefined) return undefined;
  const names = columns.map(({ name }) => name);
  const found = hasHeader ? names.indexOf(asked) : names.indexOf(`column ${asked}`);
  if (found >= 0) return found;
  throw new InputError({ file, field: '--step-column', value: asked, allowed: oneOf(asked, names) });
}

function seriesOnRows(column: Column, steps: Column, table: RowTable): NamedSeries {
  const own = Uint32Array.from({ length: column.cells }, (_, cell) => column.rowOf(cell));
  const ownSteps = Float64Array.from(own, (row) => steps.numberAt(row));
  const stepProblem = problemOfSteps(ownSteps);
  return {
    name: column.name,
    series: { steps: ownSteps, values: Float64Array.from(own, (row) => column.valueAt(row)) },
    problem: stepProblem === null ? null : `the steps cannot be used: ${stepProblem}`,
    ...gapOf(column, table),
  };
}

function countedSeries(
  column: Column,
  table: RowTable,
  count: (length: number) => Float64Array,
): NamedSeries {
  const values = Float64Array.from({ length: column.length }, (_, row) => column.valueAt(row));
  return {
    name: column.name,
    series: { steps: count(values.length), values },
    problem: null,
    ...gapOf(column, table),
  };
}

function gapOf(column: Column, { rowName }: RowTable): { gap?: string } {
  const gap = column.gapReason(rowName);
  return gap === null ? {} : { gap };
}
