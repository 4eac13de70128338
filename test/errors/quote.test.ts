import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/errors/quote.ts';

describe('a quoted value', () => {
  it.each<[unknown, string]>([
    ['a "b"', '"a \\"b\\""'],
    [3.5, '3.5'],
    [2n ** 70n, '1180591620717411303424'],
    [null, 'null'],
    [[1, [2, 'x'], {}], '[1,[2,"x"],{}]'],
    [{ step: 3, layers: [] }, '{"step":3,"layers":[]}'],
    [[[[[1]]]], '[[[[…]]]]'],
    [() => 1, 'function'],
  ])('%o is %s', (value, text) => {
    expect(quote(value)).toBe(text);
  });

  it('is made of whatever JSON can hold, where text conversion would fail', () => {
    expect(quote(JSON.parse('{"toString": 1, "valueOf": null}'))).toBe('{"toString":1,"valueOf":null}');
    expect(quote(JSON.parse('{"__proto__": [1]}'))).toBe('{"__proto__":[1]}');
    expect(quote(Object.create(null))).toBe('{}');
  });

  it('has at most 80 characters on one line without control characters, and costs no more than those', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const shared = Array<unknown>(1000).fill('y'.repeat(1000));
    let doubling: unknown = shared;
    for (let i = 0; i < 40; i++) doubling = [doubling, doubling];
    const circular: unknown[] = [];
    circular.push(circular, { circular });
    for (const value of [deep, doubling, circular, 'x'.repeat(2 ** 28), { ['k'.repeat(1e6)]: 'v' }]) {
      expect(quote(value).length).toBeLessThanOrEqual(80);
    }
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withTypedArray: true }), (value) => {
        const text = quote(value);
        expect(text.length).toBeLessThanOrEqual(80);
        expect(text).not.toMatch(/\p{Cc}|\p{Cs}/u);
      }),
    );
  });
});
