import { describe, expect, it } from 'vitest';
import { CompactValues } from '../../src/formats/compact-values.ts';

describe('values held compact', () => {
  it.each([
    ['numbers', [0, -0, 1, 2 ** 29, 2 ** 40, 0.1, -3, Number.NaN, Number.NEGATIVE_INFINITY]],
    ['words', ['', 'rise', 'rise', 'ÿ\u2028']],
    ['what is neither', [null, undefined, true, false]],
    ['lists and objects, empty ones too', { stretches: [{ kind: 'rise', edges: [] }, {}], reason: null }],
    ['objects of the same names in another order', [{ a: 1, b: 2 }, { b: 3, a: 4 }, { a: 5 }]],
    ['arrays of numbers', { values: Float64Array.of(1, Number.NaN), places: Uint32Array.of(7) }],
    ['maps', new Map([['a', 1]])],
    ['an entry that an assignment would not make', [JSON.parse('{"__proto__":{"x":1}}')]],
  ])('come back as they were: %s', (_, value) => {
    const values = new CompactValues();
    const back = values.expand(values.compact(value));
    expect(back).toStrictEqual(value);
    expect(JSON.stringify(back)).toBe(JSON.stringify(value));
  });

  it('know names and words of what was compact before', () => {
    const values = new CompactValues();
    const [first, second] = [{ kind: 'rise' }, { kind: 'fall' }].map((value) => values.compact(value));
    expect(values.expand(second)).toEqual({ kind: 'fall' });
    expect(values.expand(first)).toEqual({ kind: 'rise' });
  });

  it('hold of an array that looks into a file no more than its numbers', () => {
    const file = new Float64Array(100);
    const values = new CompactValues();
    const back = values.expand<Float64Array>(values.compact(file.subarray(2, 4)));
    expect(back).toEqual(Float64Array.of(0, 0));
    expect(back.buffer.byteLength).toBe(16);
  });
});
