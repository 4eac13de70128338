import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { jsonFields } from '../../src/published/json-fields.ts';

describe('the fields of a JSON text', () => {
  it('are its leaves as written, by path', () => {
    const text = '{"a": [1.0, {"conv_layers.0": NaN}], "b": {}, "c": -Infinity, "d": "x, \\"y\\"}"}';
    expect([...jsonFields(text, 'x')]).toEqual([
      ['a[0]', '1.0'],
      ['a[1]["conv_layers.0"]', 'NaN'],
      ['b', '{}'],
      ['c', '-Infinity'],
      ['d', '"x, \\"y\\"}"'],
    ]);
  });

  it('are found in everything that is JSON', () => {
    const leaves = (value: unknown): number => {
      if (value === null || typeof value !== 'object') return 1;
      const parts = Object.values(value);
      return parts.length === 0 ? 1 : parts.reduce((sum: number, part) => sum + leaves(part), 0);
    };
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(jsonFields(text, 'x').size).toBe(leaves(JSON.parse(text)));
      }),
    );
  });

  it.each([
    '',
    '{',
    '[1,]',
    '[1 2]',
    '{"a"}',
    '{"a":}',
    '{a: 1}',
    '1 2',
    '[1]]',
    '01',
    'nul',
    '{"a":1,"a":2}',
    '"x',
    ',',
  ])('are refused for %s', (text) => {
    expect(() => jsonFields(text, 'bad.json')).toThrow(InputError);
  });

  it('are refused where nesting has no end', () => {
    expect(() => jsonFields('['.repeat(100000), 'deep.json')).toThrow(/at most 64/);
  });
});
