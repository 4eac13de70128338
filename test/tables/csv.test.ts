import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../src/tables/csv.ts';
import { type Cell, type CellType, type Column, table } from '../../src/tables/table.ts';

const column = <Row extends Readonly<Record<string, Cell>>>(
  name: keyof Row & string,
  type: CellType = 'text',
): Column<Row> => ({ name, type, meaning: name, of: (row) => row[name] });

describe('a CSV table', () => {
  it('follows RFC 4180', () => {
    const rows = [
      { name: 'plain', value: 1 },
      { name: 'comma, "quote"\nline', value: 0.1 },
    ];
    expect(formatCsv(table('t', 'one', [column('name'), column('value', 'number')], rows))).toBe(
      'name,value\r\nplain,1\r\n"comma, ""quote""\nline",0.1\r\n',
    );
  });

  it('leaves cells empty that have no value', () => {
    const row = { a: null, b: Number.NaN, c: Number.POSITIVE_INFINITY, d: false, e: 0, f: undefined };
    const columns = (['a', 'b', 'c', 'd', 'e', 'f'] as const).map((name) => column<typeof row>(name));
    expect(formatCsv(table('t', 'one', columns, [row]))).toBe('a,b,c,d,e,f\r\n,,,false,0,\r\n');
  });

  it('has its columns in the given order and no others', () => {
    const rows = [{ a: 1, b: 2, c: 3 }];
    expect(formatCsv(table('t', 'one', [column('b'), column('a')], rows))).toBe('b,a\r\n2,1\r\n');
    expect(formatCsv(table('t', 'one', [column<{ a: number }>('a')], []))).toBe('a\r\n');
  });

  it('is read back by another reader as it was', () => {
    const row = fc.record({
      text: fc.string({ unit: 'binary' }),
      number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        const text = formatCsv(table('t', 'one', [column('text'), column('number', 'number')], rows));
        const [, ...read] = parse(text, { record_delimiter: '\r\n' });
        expect(read.map(([words, number]) => [words, Number(number)])).toEqual(
          rows.map(({ text: words, number }) => [words, number + 0]),
        );
      }),
      { numRuns: 50 },
    );
  });
});
