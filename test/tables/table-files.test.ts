import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../src/tables/csv.ts';
import { formatParquet } from '../../src/tables/parquet.ts';
import { table } from '../../src/tables/table.ts';
import { longTableFiles, tableFiles } from '../../src/tables/table-files.ts';

const runs = table(
  'runs',
  'one run',
  [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }],
  ['a'],
);

describe('the files of tables', () => {
  it('are one for each table and format, in the folder asked for', () => {
    expect(tableFiles([runs], 'tables/')).toEqual([
      ['tables/runs.csv', formatCsv(runs)],
      ['tables/runs.parquet', formatParquet(runs)],
    ]);
    expect(tableFiles([])).toEqual([]);
  });

  it('are the same made line by line', () => {
    const files = [...longTableFiles(runs, 'tables/', ['csv', 'parquet'])];
    const whole = files.map(([path, content]) => [
      path,
      content instanceof Uint8Array ? content : [...content].join(''),
    ]);
    expect(whole).toEqual(tableFiles([runs], 'tables/'));
  });

  it('are made of rows that are gone through once, where one is written after the other', () => {
    let walks = 0;
    const counted = table(
      'runs',
      'one run',
      [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }],
      () => {
        walks++;
        return ['a', 'b'];
      },
    );
    const written = [];
    for (const [path, content] of longTableFiles(counted, '', ['csv', 'parquet'])) {
      written.push([path, content instanceof Uint8Array ? content : [...content].join('')]);
    }
    expect(walks).toBe(1);
    expect(written).toEqual(tableFiles([counted]));
  });

  it('are of the formats that are asked for', () => {
    expect(tableFiles([runs], '', ['csv'])).toEqual([['runs.csv', formatCsv(runs)]]);
    expect(tableFiles([runs], '', [])).toEqual([]);
  });
});
