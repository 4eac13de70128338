/** What a cell may hold; null, undefined and numbers that are not finite are empty cells, a list of none is none. */
export type Cell = string | number | boolean | readonly string[] | null | undefined;

/** What all cells of a column are, where they are not empty; `texts` are lists of texts. */
export type CellType = 'text' | 'integer' | 'number' | 'boolean' | 'texts';

/** A column of a table of `Row`s: its name once, with its type, its unit and where its cells come from. */
export interface Column<Row> {
  /** In `snake_case`, as the ecosystem's tables have it. */
  readonly name: string;
  readonly type: CellType;
  /** Unit or range in words, e.g. `training steps`, `0 to 1`; absent for names and counts. */
  readonly unit?: string;
  /** What it says, in one line. */
  readonly meaning: string;
  /** The row's cell. */
  readonly of: (row: Row) => Cell;
}

/** Rows under typed columns, from which CSV, JSON and pages are written. */
export interface Table {
  /** Name of its file, without ending. */
  readonly name: string;
  /** What one row is, in one line. */
  readonly meaning: string;
  readonly columns: readonly Omit<Column<never>, 'of'>[];
  /** Cells in the order of the columns. May be walked over again and again. */
  readonly rows: Iterable<readonly Cell[]>;
}

/**
 * A table of rows. A column that a row does not have is a type error, not an empty column.
 *
 * @param rows walked over whenever the table is written; a generator function gives rows that are never all in memory.
 * @throws RangeError where two columns have one name.
 * @example
 * const runs = table('runs', 'one run', [
 *   { name: 'run', type: 'text', meaning: 'name of the run', of: ({ id }) => id },
 * ], [{ id: 'mlp' }]);
 * [...runs.rows]; // [['mlp']]
 */
export function table<Row>(
  name: string,
  meaning: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | (() => Iterable<Row>),
): Table {
  const names = columns.map((column) => column.name);
  const repeated = names.find((column, i) => names.indexOf(column) !== i);
  if (repeated !== undefined) throw new RangeError(`table ${name}: column ${repeated} twice`);
  return {
    name,
    meaning,
    columns: columns.map(({ of: _, ...column }) => column),
    rows: {
      *[Symbol.iterator]() {
        for (const row of typeof rows === 'function' ? rows() : rows) yield columns.map(({ of }) => of(row));
      },
    },
  };
}

/**
 * The rows as objects by column name, empty cells as null.
 *
 * @example
 * [...records(runs)]; // [{ run: 'mlp' }]
 */
export function* records({ columns, rows }: Table): Generator<Record<string, Exclude<Cell, undefined>>> {
  for (const row of rows) {
    yield Object.fromEntries(columns.map(({ name }, i) => [name, isEmpty(row[i]) ? null : row[i]])) as Record<
      string,
      Exclude<Cell, undefined>
    >;
  }
}

/** Whether a cell holds nothing: no value, or a number that is not finite. */
export function isEmpty(cell: Cell): cell is null | undefined {
  return cell === null || cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell));
}
