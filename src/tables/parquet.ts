import type { KeyValue, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, CellType, Table } from './table.ts';
import { cellsOf } from './waiting-cells.ts';

/** Rows that are written, and can be skipped by a reader, together. */
const ROWS_TOGETHER = 100_000;

/**
 * A table as Apache Parquet: columns with the types that the table declares, whatever its cells hold, so that the same table of
 * two studies has one schema. Texts are UTF-8 strings, integers INT64, numbers DOUBLE, lists LISTs of strings. An empty
 * cell is null: no file holds a NaN, of which readers disagree whether a filter may skip it. What a row and each column mean
 * stands in the file's key-value metadata, `table` and `column.NAME`.
 *
 * @throws RangeError where a cell is not what its column declares.
 * @example
 * const bytes = formatParquet(table('runs', 'one run', [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }], ['a']));
 * new TextDecoder().decode(bytes.subarray(0, 4)); // 'PAR1'
 */
export function formatParquet(table: Table): Uint8Array {
  const { add, finished } = parquetRows(table);
  for (const row of table.rows) add(row);
  return finished();
}

/** A file of Parquet that is made row by row. */
export interface ParquetRows {
  /** @throws RangeError where a cell is not what its column declares. */
  add(row: readonly Cell[]): void;
  /** The whole file; nothing is added from then on. */
  finished(): Uint8Array;
}

/** The same row by row. */
export function parquetRows({ name, meaning, columns }: Omit<Table, 'rows'>): ParquetRows {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.flatMap(({ name, type }) => elements[type](name)),
    ],
    kvMetadata: describe({ meaning, columns }),
    createdBy: 'rankscope',
  });
  const together = columns.map((column) => cellsOf(`${name}, column ${column.name}`, column.type));
  let waiting = 0;
  const flush = (): void => {
    const columnData = columns.map(({ name }, c) => ({ name, data: together[c].taken() }));
    void writer.write({ columnData, rowGroupSize: ROWS_TOGETHER });
    waiting = 0;
  };
  return {
    add(row) {
      for (let c = 0; c < columns.length; c++) together[c].add(row[c]);
      if (++waiting === ROWS_TOGETHER) flush();
    },
    finished() {
      if (waiting > 0) flush();
      void writer.finish();
      return bytes.getBytes().slice();
    },
  };
}

/** How a column of each type is declared. Every cell may be empty. */
const elements: Readonly<Record<CellType, (name: string) => SchemaElement[]>> = {
  text: (name) => [string(name)],
  integer: (name) => [{ name, type: 'INT64', repetition_type: 'OPTIONAL' }],
  number: (name) => [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }],
  boolean: (name) => [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }],
  texts: (name) => [
    {
      name,
      num_children: 1,
      repetition_type: 'OPTIONAL',
      converted_type: 'LIST',
      logical_type: { type: 'LIST' },
    },
    { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
    string('element'),
  ],
};

function string(name: string): SchemaElement {
  const meaning = { converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
  return { name, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', ...meaning };
}

function describe({ meaning, columns }: Pick<Table, 'meaning' | 'columns'>): KeyValue[] {
  return [
    { key: 'table', value: `a row is ${meaning}` },
    ...columns.map(({ name, unit, meaning }) => ({
      key: `column.${name}`,
      value: unit === undefined ? meaning : `${meaning} [${unit}]`,
    })),
  ];
}
