import { describe, expect, it } from 'vitest';
import { records, table } from '../../src/tables/table.ts';

const name = { name: 'run', type: 'text', meaning: 'its name', of: ({ id }: { id: string }) => id } as const;
const accuracy = {
  name: 'accuracy',
  type: 'number',
  unit: '0 to 1',
  meaning: 'share classified rightly',
  of: ({ right }: { right?: number }) => right,
} as const;

describe('a table', () => {
  const runs = table<{ id: string; right?: number }>(
    'runs',
    'one run',
    [name, accuracy],
    [{ id: 'a', right: 0.5 }, { id: 'b', right: Number.NaN }, { id: 'c' }],
  );

  it('says of its columns what they hold, and keeps how cells are made to itself', () => {
    expect(runs.columns[1]).toEqual({
      name: 'accuracy',
      type: 'number',
      unit: '0 to 1',
      meaning: 'share classified rightly',
    });
  });

  it('gives its rows as records, with null where there is no value', () => {
    expect([...records(runs)]).toEqual([
      { run: 'a', accuracy: 0.5 },
      { run: 'b', accuracy: null },
      { run: 'c', accuracy: null },
    ]);
  });

  it('can be walked over again, also where rows are made on the way', () => {
    const made = table(
      'numbers',
      'one',
      [{ name: 'n', type: 'integer', meaning: 'n', of: (n: number) => n }],
      function* () {
        yield* [1, 2];
      },
    );
    expect([...made.rows]).toEqual([[1], [2]]);
    expect([...made.rows]).toEqual([[1], [2]]);
  });

  it('has each column once', () => {
    expect(() => table('runs', 'one run', [name, name], [])).toThrow('table runs: column run twice');
  });
});
