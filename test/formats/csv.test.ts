import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { type CsvOptions, readCsv } from '../../src/formats/csv.ts';

function rowsOf(content: string | Uint8Array, options: Partial<CsvOptions> = {}): string[][] {
  const rows: string[][] = [];
  readCsv(content, { file: 'x.csv', allowed: 'a table', ...options }, (cells, row) => {
    expect(row).toBe(rows.length);
    rows.push([...cells]);
  });
  return rows;
}

describe('a CSV table', () => {
  it('comes row by row, with quotes, line feeds in cells and a byte order mark', () => {
    expect(rowsOf('\ufeffa,"b\nc"\r\n"d ""e""",\r\n')).toEqual([
      ['a', 'b\nc'],
      ['d "e"', ''],
    ]);
    expect(rowsOf(new TextEncoder().encode('é;1\n2;3'), { delimiter: ';' })).toEqual([
      ['é', '1'],
      ['2', '3'],
    ]);
  });

  it('leaves out blank lines and blanks around cells where told', () => {
    expect(rowsOf('a , b\n\n1,2\n', { skipBlankLines: true, trim: true })).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['an open quote', '"a,b\nc', /^x\.csv: allowed: a table \(Quote Not Closed/],
    ['rows of unequal length', 'a,b\nc', /\(Invalid Record Length/],
    ['a row of more than a mebibyte', `${'x'.repeat(2 ** 20)},y,z`, /\(Max Record Size/],
  ])('is refused for %s', (_, text, message) => {
    expect(() => rowsOf(text)).toThrow(InputError);
    expect(() => rowsOf(text)).toThrow(message);
  });

  it('lets through what its reader says of a row', () => {
    const refuse = () =>
      readCsv('a\nb', { allowed: 'a table' }, (cells) => {
        throw new InputError({ value: cells[0], allowed: 'c' });
      });
    expect(refuse).toThrow('value is "a"; allowed: c');
  });
});
