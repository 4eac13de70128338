import type { FactorLevel, StudyFactors } from '../../measurements/types.ts';
import type { CellType, Table } from '../../tables/table.ts';

/** The table, with a column for each factor of the study where its rows are of runs. */
export function withFactors(table: Table, factors: StudyFactors): Table {
  const runAt = table.columns.findIndex(({ name }) => name === 'run');
  const varied = Object.entries(factors);
  if (runAt < 0 || varied.length === 0) return table;
  const taken = new Set(table.columns.map(({ name }) => name));
  return {
    ...table,
    columns: [
      ...table.columns,
      ...varied.map(([factor, levels]) => ({
        name: columnName(factor, taken),
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

/** As tables write names; beside a column that has it already, with a word in front. */
function columnName(factor: string, taken: ReadonlySet<string>): string {
  const name = factor.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return taken.has(name) ? `factor_${name}` : name;
}

function typeOf(levels: readonly FactorLevel[]): CellType {
  return levels.every((level) => typeof level === 'number') ? 'number' : 'text';
}
