import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { csvFields } from '../../src/published/csv-fields.ts';

describe('the cells of a CSV table', () => {
  it('are named by row and column', () => {
    expect([...csvFields('a,b\n1,"x,y"\n,2\n', 't')]).toEqual([
      ['[0].a', '1'],
      ['[0].b', 'x,y'],
      ['[1].a', ''],
      ['[1].b', '2'],
    ]);
  });

  it.each(['', 'a,b\n1\n', 'a,a\n1,2\n', 'a\n"x\n'])('are refused for %j', (text) => {
    expect(() => csvFields(text, 'bad.csv')).toThrow(InputError);
  });
});
