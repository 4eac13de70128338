import { InputError } from '../../errors/input-error.ts';
import type { MemoryBudget } from '../../formats/memory-budget.ts';
import { Column } from './column.ts';

/** Columns of numbers and texts, as a file of rows or records holds them. */
export interface RowTable {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Whether the columns are named, or only counted. */
  readonly hasHeader: boolean;
  /** What a row is called: its line, or its number. */
  readonly rowName: (row: number) => string;
  /** What was left out, e.g. a torn last line. */
  readonly notes: readonly string[];
}

/** The objects that stand for a column beside its cells. */
const bytesPerColumn = 1536;
/** A cell of any column: its value, its row, and what it is. */
const bytesPerCell = 13;
/** All cells of a file together; what is read beyond is refused, whatever its size. */
const mostBytes = 2 ** 29;

/** Makes the columns of records whose fields are not known before. */
export class TableBuilder {
  readonly columns: Column[] = [];
  rows = 0;
  readonly #byName = new Map<string, Column>();
  readonly #file: string;
  readonly #budget: MemoryBudget;

  /** @param budget pays for columns, of which a hostile file may name as many as it has characters. */
  constructor(file: string, budget: MemoryBudget) {
    this.#file = file;
    this.#budget = budget;
  }

  column(name: string): Column {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    this.#budget.take(bytesPerColumn + 2 * name.length, 'columns');
    const column = new Column(name);
    this.#byName.set(name, column);
    this.columns.push(column);
    return column;
  }

  /** Counts the cells of another row. */
  nextRow(): number {
    const row = this.rows++;
    if (row % 4096 === 0) {
      const bytes = bytesPerCell * this.columns.reduce((sum, { cells }) => sum + cells, 0);
      if (bytes > mostBytes) {
        const allowed = `at most ${mostBytes} bytes: fewer columns or rows, in files of their own`;
        throw new InputError({
          file: this.#file,
          field: 'size',
          value: `${bytes} bytes of numbers`,
          allowed,
        });
      }
    }
    return row;
  }
}
