import { parsePythonJson } from '../../formats/json.ts';
import { MemoryBudget } from '../../formats/memory-budget.ts';
import { TextLines } from '../../formats/text-lines.ts';
import { Faults } from '../faults.ts';
import { cellNumber } from './cell-number.ts';
import type { Column } from './column.ts';
import { PlainRecord } from './plain-record.ts';
import { type RowTable, TableBuilder } from './table.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Objects in objects become one column per leaf, named as wandb and pandas name them: `train.loss`. */
const deepest = 8;

/**
 * A table of records in JSON Lines. A last line that is cut short is left out, and said.
 *
 * @param size of the file, in bytes.
 * @throws InputError that lists every line that is no record.
 */
export function readJsonLines(pieces: Iterable<Uint8Array>, size: number, file: string): RowTable {
  const faults = new Faults(file);
  const records = new RecordTable(file, new MemoryBudget(size, file), faults, 'line');
  const notes: string[] = [];
  let torn: string | null = null;
  const lines = new TextLines(pieces, file);
  for (;;) {
    records.takePlain(lines);
    const line = lines.next();
    if (line === null) break;
    const { number, text, ended } = line;
    if (text.trim() === '') continue;
    const record = recordOf(text);
    if (record !== null) records.add(record, number);
    else if (ended) faults.add(`line ${number}`, text, 'one JSON object');
    else torn = `line ${number}, the last, is cut short and was left out`;
  }
  if (torn !== null) notes.push(torn);
  faults.refuse();
  return records.finish(notes);
}

/**
 * A table of records that were parsed already.
 *
 * @throws InputError that lists every entry that is no record.
 */
export function tableOfRecords(entries: readonly unknown[], size: number, file: string): RowTable {
  const faults = new Faults(file);
  const records = new RecordTable(file, new MemoryBudget(size, file), faults, 'record');
  entries.forEach((entry, i) => {
    if (isRecord(entry)) records.add(entry, i + 1);
    else faults.add(`record ${i + 1}`, entry, 'an object');
  });
  faults.refuse();
  return records.finish([]);
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(text: string): JsonRecord | null {
  try {
    const value = parsePythonJson(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

class RecordTable {
  readonly #builder: TableBuilder;
  readonly #faults: Faults;
  readonly #unit: string;
  /** Which line or record each row was; null while they stand one below the other from the first on. */
  #places: number[] | null = null;
  #plain: PlainRecord | null = null;
  /** By field of such a record. */
  #plainColumns: Column[] = [];

  constructor(file: string, budget: MemoryBudget, faults: Faults, unit: string) {
    this.#builder = new TableBuilder(file, budget);
    this.#faults = faults;
    this.#unit = unit;
  }

  add(record: JsonRecord, place: number): void {
    this.#fields(record, '', this.#rowAt(place), place, 0);
    if (this.#plain?.isLike(record)) return;
    this.#plain = PlainRecord.like(record);
    this.#plainColumns = [];
  }

  /** Takes records that are like the last one, as long as there are such. */
  takePlain(lines: TextLines): void {
    const record = this.#plain;
    if (record === null) return;
    const { keys, numbers } = record;
    while (lines.bytes !== null && lines.at < lines.end) {
      const { text } = lines;
      const next = record.read(lines.bytes, lines.at);
      if (next < 0) return;
      lines.passTo(next);
      const row = this.#rowAt(lines.number);
      for (let i = 0; i < keys.length; i++) {
        this.#plainColumns[i] ??= this.#builder.column(keys[i]);
        const column = this.#plainColumns[i];
        const content = Number.isNaN(numbers[i]) ? record.textOf(text, i) : numbers[i];
        if (typeof content === 'number') column.setNumber(row, content);
        else if (content === null) column.setGap(row, 'null');
        else setText(column, row, content);
      }
    }
  }

  #rowAt(place: number): number {
    const row = this.#builder.nextRow();
    if (place !== row + 1 && this.#places === null)
      this.#places = Array.from({ length: row }, (_, r) => r + 1);
    this.#places?.push(place);
    return row;
  }

  finish(notes: readonly string[]): RowTable {
    const places = this.#places;
    return {
      columns: this.#builder.columns,
      rows: this.#builder.rows,
      hasHeader: true,
      rowName: (row) => `${this.#unit} ${places === null ? row + 1 : places[row]}`,
      notes,
    };
  }

  #fields(record: JsonRecord, prefix: string, row: number, place: number, depth: number): void {
    for (const key in record) {
      const value = record[key];
      const name = prefix === '' ? key : `${prefix}.${key}`;
      if (typeof value === 'number') this.#builder.column(name).setNumber(row, value);
      else if (value === null) this.#builder.column(name).setGap(row, 'null');
      else if (typeof value === 'string') setText(this.#builder.column(name), row, value);
      else if (typeof value === 'boolean') this.#builder.column(name).setNumber(row, Number(value));
      else if (isRecord(value)) {
        if (depth < deepest) this.#fields(value, name, row, place, depth + 1);
        else this.#faults.add(`${this.#unit} ${place}.${name}`, undefined, `nested above ${deepest}`);
      }
      // A list is a histogram or an image: no number, and no fault either.
    }
  }
}

/** Some loggers write what JSON cannot say as a text: wandb `NaN` and `Infinity`. */
function setText(column: Column, row: number, value: string): void {
  const number = value.length <= 9 ? cellNumber(value) : null;
  if (number !== null && !Number.isFinite(number)) column.setGap(row, value, number);
  else column.setText(row, value);
}
