import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { csvSeries } from '../../../src/imports/series/csv-series.ts';

const gapsOf = (text: string) =>
  csvSeries(new TextEncoder().encode(text), 'table.csv').series.map(({ gap }) => gap);
const read = (text: string, stepColumn?: string) =>
  csvSeries(new TextEncoder().encode(text), 'table.csv', stepColumn).series.map(
    ({ name, series, problem }) => ({
      name,
      steps: [...series.steps],
      values: [...series.values],
      problem,
    }),
  );

describe('series of a CSV table', () => {
  it('are its columns, counted from 0 where no column has the steps', () => {
    expect(read('loss,accuracy\n3,0.1\n2,0.5\n')).toEqual([
      { name: 'loss', steps: [0, 1], values: [3, 2], problem: null },
      { name: 'accuracy', steps: [0, 1], values: [0.1, 0.5], problem: null },
    ]);
  });

  it.each(['step', 'Step', '_step', 'global_step', '# step', 'iteration', 'epoch', 'index', 't', 'TIME'])(
    'take their steps from a column named %s',
    (column) => {
      expect(read(`${column},loss\n0,3\n5,2\n`)).toEqual([
        { name: 'loss', steps: [0, 5], values: [3, 2], problem: null },
      ]);
    },
  );

  it('take their steps from the column that is asked for, by name or by number', () => {
    expect(read('loss,epoch\n3,10\n2,20\n', 'epoch')[0].steps).toEqual([10, 20]);
    expect(read('3,10\n2,20\n', '2')[0].steps).toEqual([10, 20]);
    expect(() => read('loss,epoch\n3,10\n', 'epoc')).toThrow(/did you mean epoch/);
  });

  it('need no header, and may be separated by tabs or semicolons', () => {
    expect(read('1.5\n-2e-3\n.5\n')[0]).toMatchObject({ name: 'column 1', values: [1.5, -0.002, 0.5] });
    expect(read('a\tb\n1\t2\n').map(({ values }) => values)).toEqual([[1], [2]]);
    expect(read('a;b\n1;2\n').map(({ values }) => values)).toEqual([[1], [2]]);
  });

  it('keep the only column even if it is called t', () => {
    expect(read('t\n4\n5\n')).toMatchObject([{ name: 't', values: [4, 5] }]);
  });

  it('read byte order marks, CRLF, quotes and blanks', () => {
    expect(read('\uFEFF"a, b" , c\r\n 1 ,"2"\r\n')).toMatchObject([
      { name: 'a, b', values: [1] },
      { name: 'c', values: [2] },
    ]);
  });

  it('have gaps where a cell is empty or says so, and end where a column ends', () => {
    const [a, b] = read('a,b\n1,1\n,2\nNaN,\n-inf,\n');
    expect(a.values).toEqual([1, NaN, NaN, -Infinity]);
    expect(b.values).toEqual([1, 2]);
  });

  it('say which cell is no number, and which step cannot be', () => {
    expect(read('a,b\n1,x\n2,3\n')[1].values).toEqual([NaN, 3]);
    expect(gapsOf('a,b\n1,x\n2,3\n')).toEqual([undefined, 'line 2 is "x", not a number']);
    expect(read('step,b\n5,1\n5,3\n')[0].problem).toBe(
      'the steps cannot be used: step 1 is 5 after 5; steps must increase',
    );
    expect(read('step,b\n5,1\n,3\n')[0].problem).toContain('step 1 has no value');
  });

  it.each([
    ['text', 'Dear reader\nhow are you\n'],
    ['rows of unequal length', '1,2\n3\n'],
    ['an open quote', '"1,2\n3,4\n'],
    ['only a header', 'a,b\n'],
    ['blank lines', '\n\n'],
  ])('are refused in %s', (_, text) => {
    expect(() => read(text)).toThrow(InputError);
  });

  it('take time in proportion to a hostile cell, not to its square', () => {
    // Half a million digits that are no number after all: a quadratic pattern would take minutes.
    expect(gapsOf(`a\n1\n${'1'.repeat(500_000)}x\n`)[0]).toMatch(/^line 3 is "1{70,}\.\.\., not a number$/);
  });

  it('are refused where they are more columns than the file warrants', () => {
    expect(() => read(`${'a,'.repeat(20_000)}a\n${'1,'.repeat(20_000)}1\n`)).toThrow(
      /table\.csv: columns is/,
    );
  });
});
