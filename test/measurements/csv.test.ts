import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../src/measurements/csv.ts';

describe('a CSV table', () => {
  it('follows RFC 4180', () => {
    const rows = [
      { name: 'plain', value: 1 },
      { name: 'comma, "quote"\nline', value: 0.1 },
    ];
    expect(formatCsv(['name', 'value'], rows)).toBe(
      'name,value\r\nplain,1\r\n"comma, ""quote""\nline",0.1\r\n',
    );
  });

  it('leaves cells empty that have no value', () => {
    const row = { a: null, b: Number.NaN, c: Number.POSITIVE_INFINITY, d: false, e: 0 };
    expect(formatCsv(['a', 'b', 'c', 'd', 'e', 'f'], [row])).toBe('a,b,c,d,e,f\r\n,,,false,0,\r\n');
  });

  it('has its columns in the given order and no others', () => {
    expect(formatCsv(['b', 'a'], [{ a: 1, b: 2, c: 3 } as Record<'a' | 'b', number>])).toBe('b,a\r\n2,1\r\n');
    expect(formatCsv(['a'], [])).toBe('a\r\n');
  });

  it('is read back by another reader as it was', () => {
    const row = fc.record({
      text: fc.string({ unit: 'binary' }),
      number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        const [, ...records] = parse(formatCsv(['text', 'number'], rows), { record_delimiter: '\r\n' });
        expect(records.map(([text, number]) => [text, Number(number)])).toEqual(
          rows.map(({ text, number }) => [text, number + 0]),
        );
      }),
      { numRuns: 50 },
    );
  });
});
