import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { jsonSeries } from '../../../src/imports/series/json-series.ts';

const read = (text: string) =>
  jsonSeries(new TextEncoder().encode(text), 'file.json', 'file').series.map(({ name, series, problem }) => ({
    name,
    steps: [...series.steps],
    values: [...series.values],
    problem,
  }));

describe('series of a JSON text', () => {
  it('are an array, named after the file', () => {
    expect(read('[1, 2.5, null]')).toEqual([
      { name: 'file', steps: [0, 1, 2], values: [1, 2.5, NaN], problem: null },
    ]);
  });

  it('are the arrays of an object, or steps with values', () => {
    expect(read('{"a": [1], "b": {"steps": [3, 6], "values": [1, 2]}, "c": {"values": [7]}}')).toEqual([
      { name: 'a', steps: [0], values: [1], problem: null },
      { name: 'b', steps: [3, 6], values: [1, 2], problem: null },
      { name: 'c', steps: [0], values: [7], problem: null },
    ]);
    expect(read('{"steps": [3, 6], "values": [1, 2]}')).toMatchObject([{ name: 'file', steps: [3, 6] }]);
  });

  it('may hold the NaN and Infinity that Python writes, as gaps', () => {
    expect(read('{"a": [NaN, 1, -Infinity], "NaN": [Infinity]}')).toMatchObject([
      { name: 'a', values: [NaN, 1, NaN] },
      { name: 'NaN', values: [NaN] },
    ]);
  });

  it('say where steps do not increase', () => {
    expect(read('{"steps": [6, 3], "values": [1, 2]}')[0].problem).toContain('step 1 is 3 after 6');
  });

  it.each(['{}', '[1, "2"]', '[[1, 2]]', '{"a": 5}', '{"a": {"b": [1]}}', '7', '[1, 2', '[1e, NaN]'])(
    'are refused in %s',
    (text) => {
      expect(() => read(text)).toThrow(InputError);
    },
  );

  it('must have as many steps as values', () => {
    expect(() => read('{"a": {"steps": [1, 2], "values": [1]}}')).toThrow(
      'file.json: a.steps is "2 numbers"; allowed: as many steps as values, 1',
    );
  });

  it('leave NaN in names alone, and blanks before it take no time', () => {
    expect(read('{"[NaN, 1]": [NaN]}')).toMatchObject([{ name: '[NaN, 1]', values: [NaN] }]);
    expect(read(`[${' '.repeat(1_000_000)}NaN, 1]`)).toMatchObject([{ values: [NaN, 1] }]);
  });

  it.each([
    '{"a": [{"toString": 1}]}',
    '{"steps": [[[]]], "values": [1]}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ])('are refused with what stands in place of a number: %.30s', (text) => {
    expect(() => read(text)).toThrow(InputError);
  });

  it('hold no more numbers than memory is meant for', () => {
    expect(() => read(`[${'1,'.repeat(2 ** 24)}1]`)).toThrow('file.json: allowed: at most 16777216 numbers');
  });
});
