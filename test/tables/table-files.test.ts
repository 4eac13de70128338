import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../src/tables/csv.ts';
import { table } from '../../src/tables/table.ts';
import { tableFiles } from '../../src/tables/table-files.ts';

const runs = table(
  'runs',
  'one run',
  [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }],
  ['a'],
);

describe('the files of tables', () => {
  it('are one for each table and format, in the folder asked for', () => {
    expect(tableFiles([runs], 'tables/')).toEqual([['tables/runs.csv', formatCsv(runs)]]);
    expect(tableFiles([])).toEqual([]);
  });
});
