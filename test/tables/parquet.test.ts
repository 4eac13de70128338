import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { formatParquet } from '../../src/tables/parquet.ts';
import { type Cell, type CellType, table } from '../../src/tables/table.ts';

const types = ['text', 'integer', 'number', 'boolean', 'texts'] as const;

/** A table with a column of each type, named after it. */
function everyType(rows: readonly Partial<Record<CellType, Cell>>[]) {
  const columns = types.map((name) => ({
    name,
    type: name,
    meaning: `a ${name}`,
    of: (row: Partial<Record<CellType, Cell>>) => row[name],
  }));
  return table('cells', 'one of each', columns, rows);
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** The rows as a reader of Parquet has them; whole numbers as it has them, as bigints. */
async function readBack(bytes: Uint8Array) {
  const rows = await parquetReadObjects({ file: bufferOf(bytes) });
  // hyparquet reads a list that is null as undefined.
  return rows.map((row) => ('texts' in row ? { ...row, texts: row.texts ?? null } : row));
}

describe('a table as Parquet', () => {
  it('is read back to the same cells by another program', async () => {
    const cell = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
    const row = fc.record({
      text: cell(fc.string({ unit: 'grapheme' })),
      integer: cell(fc.maxSafeInteger()),
      number: cell(fc.double({ noNaN: true, noDefaultInfinity: true })),
      boolean: cell(fc.boolean()),
      texts: cell(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        const expected = rows.map(({ integer, ...rest }) => ({
          ...rest,
          integer: integer === null ? null : BigInt(integer),
        }));
        expect(await readBack(formatParquet(everyType(rows)))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('declares the same types whatever its cells hold, in none, in empty ones and in full ones', () => {
    const schemaOf = (rows: Parameters<typeof everyType>[0]) =>
      parquetMetadata(bufferOf(formatParquet(everyType(rows)))).schema;
    const none = schemaOf([]);
    expect(none.slice(1, 5).map(({ name, type, converted_type }) => [name, type, converted_type])).toEqual([
      ['text', 'BYTE_ARRAY', 'UTF8'],
      ['integer', 'INT64', undefined],
      ['number', 'DOUBLE', undefined],
      ['boolean', 'BOOLEAN', undefined],
    ]);
    expect(none.slice(5).map(({ name, converted_type }) => [name, converted_type])).toEqual([
      ['texts', 'LIST'],
      ['list', undefined],
      ['element', 'UTF8'],
    ]);
    expect(schemaOf([{}, {}])).toEqual(none);
    expect(schemaOf([{ text: 'a', integer: 1, number: 2, boolean: true, texts: ['b'] }])).toEqual(none);
  });

  it('has null for what is not determined, never NaN, and says so in the statistics that filters go by', async () => {
    const rows = [3, Number.NaN, undefined, -1.5, Number.POSITIVE_INFINITY].map((number) => ({ number }));
    const bytes = formatParquet(everyType(rows));
    expect((await readBack(bytes)).map(({ number }) => number)).toEqual([3, null, null, -1.5, null]);
    const { statistics } = parquetMetadata(bufferOf(bytes)).row_groups[0].columns[2].meta_data!;
    expect(statistics).toMatchObject({ min_value: -1.5, max_value: 3, null_count: 3n });
  });

  it('has the cells of each of many groups of rows, also where one alone has empty ones', async () => {
    const numberAt = (i: number) => (i >= 100_000 && i < 200_000 && i % 3 === 0 ? null : i / 7);
    const rows = Array.from({ length: 210_000 }, (_, i) => ({ integer: i % 5, number: numberAt(i) }));
    const read = await readBack(formatParquet(everyType(rows)));
    expect(read.map(({ number }) => number)).toEqual(rows.map(({ number }) => number));
    expect(read.every(({ integer }, i) => integer === BigInt(i % 5))).toBe(true);
  });

  it('says in the file what a row and each column mean, with the unit', () => {
    const column = { name: 'step', type: 'integer', unit: 'training steps', meaning: 'when' } as const;
    const bytes = formatParquet(
      table('changes', 'one change', [{ ...column, of: (step: number) => step }], [1]),
    );
    const { key_value_metadata, created_by } = parquetMetadata(bufferOf(bytes));
    expect(key_value_metadata).toEqual([
      { key: 'table', value: 'a row is one change' },
      { key: 'column.step', value: 'when [training steps]' },
    ]);
    expect(created_by).toBe('rankscope');
  });

  it('refuses a cell that is not of its column', () => {
    expect(() => formatParquet(everyType([{ integer: 0.5 }]))).toThrow(
      'table cells, column integer: 0.5 is no integer',
    );
    expect(() => formatParquet(everyType([{ text: 3 }]))).toThrow('column text: 3 is no text');
    expect(() => formatParquet(everyType([{ boolean: 'yes' }]))).toThrow(
      'column boolean: "yes" is no boolean',
    );
  });

  it('parts many rows into groups, each with its own bounds, and walks over them once', async () => {
    let walked = 0;
    const rows = function* () {
      walked++;
      for (let step = 0; step < 250_000; step++) yield { step };
    };
    const columns = [
      { name: 'step', type: 'integer', meaning: 'when', of: ({ step }: { step: number }) => step },
    ] as const;
    const bytes = formatParquet(table('steps', 'one step', columns, rows));
    expect(walked).toBe(1);
    const { row_groups, num_rows } = parquetMetadata(bufferOf(bytes));
    expect(num_rows).toBe(250_000n);
    expect(row_groups.map(({ columns }) => columns[0].meta_data!.statistics?.max_value)).toEqual([
      99_999n,
      199_999n,
      249_999n,
    ]);
  });
});
