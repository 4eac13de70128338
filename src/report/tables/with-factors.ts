import type { FactorLevel, StudyFactors } from '../../measurements/types.ts';
import type { CellType, Table } from '../../tables/table.ts';
import { freeName } from './free-name.ts';

/** The table, with a column for each factor of the study where its rows are of runs. */
export function withFactors(table: Table, factors: StudyFactors): Table {
  const runAt = table.columns.findIndex(({ name }) => name === 'run');
  const varied = Object.entries(factors);
  if (runAt < 0 || varied.length === 0) return table;
  const taken = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return {
    ...table,
    columns: [
      ...table.columns,
      ...varied.map(([factor, levels]) => ({
        name: freeName(inSnakeCase(factor), 'factor', taken),
        type: typeOf(Object.values(levels)),
        meaning: `${factor} of the run, which the study varies`,
      })),
    ],
    rows: {
      *[Symbol.iterator]() {
        for (const row of table.rows) {
          const run = String(row[runAt]);
          yield [...row, ...varied.map(([, levels]) => (Object.hasOwn(levels, run) ? levels[run] : null))];
        }
      },
    },
  };
}

/** As tables write names. */
function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function typeOf(levels: readonly FactorLevel[]): CellType {
  return levels.every((level) => typeof level === 'number') ? 'number' : 'text';
}
