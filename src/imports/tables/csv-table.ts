import { InputError } from '../../errors/input-error.ts';
import { csvDialect } from '../../formats/csv-dialect.ts';
import { type CsvRow, CsvRows } from '../../formats/csv-rows.ts';
import { MemoryBudget } from '../../formats/memory-budget.ts';
import { type TextLine, TextLines } from '../../formats/text-lines.ts';
import { Faults } from '../faults.ts';
import { cellNumber } from './cell-number.ts';
import type { Column } from './column.ts';
import { PlainRow } from './plain-row.ts';
import { type RowTable, TableBuilder } from './table.ts';

/** What a table should be, for messages. */
const allowed = 'a CSV table or JSON';
/** Those that stand in no number. */
const plainDelimiters = [',', ';', '\t'];
/** Characters from which the dialect is told. */
const beginningLength = 2 ** 14;

/**
 * A table of text: separated by commas, semicolons, tabs or blanks, with a header line or not. A last line that is cut short is
 * left out, and said.
 *
 * @param size of the file, in bytes.
 * @throws InputError that lists every row that differs in length, and every quote that does not close.
 */
export function readCsvTable(pieces: Iterable<Uint8Array>, size: number, file: string): RowTable {
  const lines = new TextLines(pieces, file);
  const head: TextLine[] = [];
  for (let length = 0; length < beginningLength; length += head[head.length - 1].text.length) {
    const line = lines.next();
    if (line === null) break;
    head.push(line);
  }
  const dialect = csvDialect(head.map(({ text }) => text).join('\n'));
  const reader = new CsvTableReader(file, new MemoryBudget(size, file), dialect.delimiter === ';');
  const rows = new CsvRows(dialect.delimiter);
  const take = (row: CsvRow | null): void => {
    if (row !== null) reader.take(row);
  };
  for (const line of head.slice(dialect.skip)) {
    const isNames = line === head[dialect.skip] && dialect.commentedHeader;
    take(rows.take(isNames ? { ...line, text: line.text.trim().replace(/^#\s*/, '') } : line));
  }
  const mayBePlain = plainDelimiters.includes(dialect.delimiter);
  for (;;) {
    if (mayBePlain && !rows.isOpen) reader.takePlain(lines, dialect.delimiter);
    const line = lines.next();
    if (line === null) break;
    take(rows.take(line));
  }
  take(rows.finish());
  return reader.finish();
}

class CsvTableReader {
  readonly #file: string;
  readonly #decimalComma: boolean;
  readonly #builder: TableBuilder;
  readonly #faults: Faults;
  readonly #notes: string[] = [];
  readonly #lines: number[] = [];
  /** Lines stand one below the other, from this one on; null where they do not. */
  #firstLine: number | null = null;
  #columns: Column[] = [];
  #plain: PlainRow | null = null;
  #first: CsvRow | null = null;
  #hasHeader = false;

  constructor(file: string, budget: MemoryBudget, decimalComma: boolean) {
    this.#file = file;
    this.#decimalComma = decimalComma;
    this.#builder = new TableBuilder(file, budget);
    this.#faults = new Faults(file);
  }

  take(row: CsvRow): void {
    if (this.#first === null) this.#first = row;
    else {
      if (this.#columns.length === 0) this.#begin(row);
      this.#add(row);
    }
  }

  /** Takes rows that need no second look, as long as there are such. */
  takePlain(lines: TextLines, delimiter: string): void {
    const columns = this.#columns;
    if (columns.length === 0) return;
    this.#plain ??= new PlainRow(columns.length, delimiter);
    const row = this.#plain;
    while (lines.bytes !== null && lines.at < lines.end) {
      const { text } = lines;
      const next = row.read(lines.bytes, lines.at);
      if (next < 0) return;
      lines.passTo(next);
      const at = this.#builder.nextRow();
      this.#noteLine(at, lines.number);
      for (let c = 0; c < columns.length; c++) {
        const number = row.numbers[c];
        if (Number.isNaN(number)) columns[c].setCell(at, row.textOf(text, c), this.#decimalComma);
        else columns[c].setNumber(at, number);
      }
    }
  }

  finish(): RowTable {
    if (this.#first === null) throw new InputError({ file: this.#file, allowed });
    if (this.#columns.length === 0) this.#begin(null);
    this.#faults.refuse();
    const first = this.#firstLine;
    const lines = this.#lines;
    return {
      columns: this.#columns,
      rows: this.#builder.rows,
      hasHeader: this.#hasHeader,
      rowName: (row) => `line ${first === null ? lines[row] : first + row}`,
      notes: this.#notes,
    };
  }

  /** Takes the first row for a header or for numbers, as the second allows. */
  #begin(second: CsvRow | null): void {
    const first = this.#first!;
    if (first.cells === null) throw this.#fault(first, 'quotes that close').error();
    const isHeader = this.#isHeader(first.cells, second?.cells ?? null);
    this.#hasHeader = isHeader;
    const taken = new Map<string, number>();
    this.#columns = first.cells.map((cell, c) => {
      const name = isHeader ? cell : `column ${c + 1}`;
      const repeats = taken.get(name) ?? 0;
      taken.set(name, repeats + 1);
      return this.#builder.column(repeats === 0 ? name : `${name} (${repeats + 1})`);
    });
    if (!isHeader) this.#add(first);
  }

  /**
   * Words are names. Numbers are, too, where a name stands above every column but the first, as pandas writes an index; or where
   * whole numbers that grow to the right stand above fractions.
   */
  #isHeader(first: readonly string[], second: readonly string[] | null): boolean {
    const isNumeric = (cell: string): boolean => cell === '' || this.#number(cell) !== null;
    if (!first.every(isNumeric)) return true;
    if (second === null || second.length !== first.length || first.length < 2) return false;
    const [corner, ...names] = first;
    if (corner === '' && second[0] !== '' && names.every((name) => name !== '')) return true;
    const grows = first.every(
      (cell, c) => /^\d+$/.test(cell) && (c === 0 || Number(cell) > Number(first[c - 1])),
    );
    return grows && second.every((cell) => /[.e]/i.test(cell) && Number.isFinite(this.#number(cell)));
  }

  #number(cell: string): number | null {
    return cellNumber(cell, this.#decimalComma);
  }

  #add(row: CsvRow): void {
    const { cells, line, ended } = row;
    if (!ended && (cells === null || cells.length < this.#columns.length || row.cells!.some(isTorn))) {
      this.#notes.push(`line ${line}, the last, is cut short and was left out`);
      return;
    }
    if (cells === null) this.#fault(row, 'quotes that close');
    else if (cells.length !== this.#columns.length) {
      this.#faults.add(
        `line ${line}`,
        `${cells.length} cells`,
        `${this.#columns.length}, as in the first row`,
      );
    } else {
      const at = this.#builder.nextRow();
      this.#noteLine(at, line);
      for (let c = 0; c < cells.length; c++) this.#columns[c].setCell(at, cells[c], this.#decimalComma);
    }
  }

  #noteLine(row: number, line: number): void {
    if (row === 0) this.#firstLine = line;
    if (this.#firstLine !== null && line !== this.#firstLine + row) {
      for (let r = 0; r < row; r++) this.#lines.push(this.#firstLine + r);
      this.#firstLine = null;
    }
    if (this.#firstLine === null) this.#lines.push(line);
  }

  #fault({ line }: CsvRow, what: string): Faults {
    this.#faults.add(`line ${line}`, undefined, what);
    return this.#faults;
  }
}

/** A crash leaves zero bytes where a line was to stand. */
function isTorn(cell: string): boolean {
  return cell.includes('\0');
}
