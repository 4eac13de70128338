import { quote } from '../../errors/quote.ts';
import { cellNumber } from './cell-number.ts';
import { ColumnTexts } from './column-texts.ts';

/** What stands in a cell. */
export type CellState = 'absent' | 'number' | 'gap' | 'text';
const states: readonly CellState[] = ['absent', 'number', 'gap', 'text'];
const [absent, number, gap, text] = [0, 1, 2, 3] as const;

/**
 * One column of a table. A cell holds a number, nothing, a word that says that there is no number (`nan`, `null`), or a text,
 * of which the distinct ones are kept. Rows are set from the top; empty cells cost nothing, so that a table may have many columns
 * of which each row fills few. A column by itself takes little for the same reason.
 */
export class Column {
  readonly name: string;
  numbers = 0;
  /** Rows that hold no number but say so: `nan`, `inf`, `null`. */
  gaps = 0;
  /** Whether any number has a fraction, or none fits an integer. */
  isWhole = true;
  /** The first cell that is a gap, as a reason; null for none. */
  firstGap: { readonly row: number; readonly written: string } | null = null;
  #values = new Float64Array(4);
  #states = new Uint8Array(4);
  /** Row of each cell; null while there is one in every row from the first on. */
  #rows: Uint32Array | null = null;
  #cells = 0;
  /** Cell that was asked for last: rows are mostly asked for in turn. */
  #cursor = 0;
  #texts: ColumnTexts | null = null;

  constructor(name: string) {
    this.name = name;
  }

  /** Rows up to the last that was set. */
  get length(): number {
    return this.#cells === 0 ? 0 : this.rowOf(this.#cells - 1) + 1;
  }

  /** Cells that hold anything. */
  get cells(): number {
    return this.#cells;
  }

  /** Row of a cell, counted from the top. */
  rowOf(cell: number): number {
    return this.#rows === null ? cell : this.#rows[cell];
  }

  /** The first cell that holds a text; null for none. */
  get firstText(): ColumnTexts['first'] {
    return this.#texts?.first ?? null;
  }

  get textCells(): number {
    return this.#texts?.cells ?? 0;
  }

  /** The distinct texts, in order of appearance; at most some thousands. */
  get texts(): readonly string[] {
    return this.#texts?.all ?? [];
  }

  setNumber(row: number, value: number): void {
    if (!Number.isFinite(value)) {
      this.setGap(row, String(value), value);
      return;
    }
    this.numbers++;
    if (this.isWhole && !Number.isSafeInteger(value)) this.isWhole = false;
    this.#set(row, value, number);
  }

  setGap(row: number, written: string, value = Number.NaN): void {
    this.gaps++;
    this.firstGap ??= { row, written };
    this.#set(row, value, gap);
  }

  setText(row: number, content: string): void {
    this.#texts ??= new ColumnTexts();
    this.#set(row, this.#texts.add(row, content), text);
  }

  /** A cell as a file of text has it. @param decimalComma whether `0,5` is a number. */
  setCell(row: number, cell: string, decimalComma = false): void {
    if (cell === '') return;
    if (this.#texts?.has(cell)) {
      this.setText(row, cell);
      return;
    }
    const value = cellNumber(cell, decimalComma);
    if (value === null) this.setText(row, cell);
    else if (Number.isFinite(value)) this.setNumber(row, value);
    else this.setGap(row, cell, value);
  }

  stateAt(row: number): CellState {
    return states[this.#stateAt(row)];
  }

  /** The number in a row; NaN where there is none. */
  numberAt(row: number): number {
    return this.#stateAt(row) === number ? this.#valueAt(row) : Number.NaN;
  }

  /** A number, or the gap's own value, which may be infinite. */
  valueAt(row: number): number {
    const state = this.#stateAt(row);
    return state === number || state === gap ? this.#valueAt(row) : Number.NaN;
  }

  /** Position in `texts` of the text in a row; -1 where there is none, or it was too many. */
  codeAt(row: number): number {
    return this.#stateAt(row) === text ? this.#valueAt(row) : -1;
  }

  /** What stands in a row, as a word: of a run or a layer that is named by a number, too. Empty for nothing. */
  wordAt(row: number): string {
    const code = this.codeAt(row);
    if (code >= 0) return this.texts[code];
    const value = this.numberAt(row);
    return Number.isNaN(value) ? '' : String(value);
  }

  /** Why rows have no value though they hold something; null where all have one. */
  gapReason(rowName: (row: number) => string): string | null {
    const first = this.firstText;
    if (first !== null && first.row < (this.firstGap?.row ?? Infinity))
      return `${rowName(first.row)} is ${quote(first.text)}, not a number`;
    return this.firstGap === null ? null : `${rowName(this.firstGap.row)} is ${this.firstGap.written}`;
  }

  #stateAt(row: number): number {
    const cell = this.#cellAt(row);
    return cell < 0 ? absent : this.#states[cell];
  }

  #valueAt(row: number): number {
    return this.#values[this.#cellAt(row)];
  }

  /** Position of a row's cell, or -1. */
  #cellAt(row: number): number {
    const rows = this.#rows;
    if (rows === null) return row < this.#cells ? row : -1;
    const cursor = this.#cursor;
    if (rows[cursor] === row) return cursor;
    if (cursor + 1 < this.#cells && rows[cursor + 1] === row) return ++this.#cursor;
    let low = 0;
    let high = this.#cells;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle] < row) low = middle + 1;
      else high = middle;
    }
    if (low >= this.#cells || rows[low] !== row) return -1;
    this.#cursor = low;
    return low;
  }

  #set(row: number, value: number, state: number): void {
    const cell = this.#cells++;
    if (cell === this.#values.length) this.#grow(2 * cell);
    if (this.#rows === null && row !== cell) {
      this.#rows = new Uint32Array(this.#values.length);
      for (let i = 0; i < cell; i++) this.#rows[i] = i;
    }
    if (this.#rows !== null) this.#rows[cell] = row;
    this.#values[cell] = value;
    this.#states[cell] = state;
  }

  #grow(length: number): void {
    const values = new Float64Array(length);
    values.set(this.#values);
    const states = new Uint8Array(length);
    states.set(this.#states);
    this.#values = values;
    this.#states = states;
    if (this.#rows === null) return;
    const rows = new Uint32Array(length);
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
