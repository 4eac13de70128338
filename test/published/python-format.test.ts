import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float, pandasCsv, pythonFloat, pythonJson } from '../../src/published/python-format.ts';

describe('floats as Python writes them', () => {
  // Python 3.11: repr(x)
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-2.5, '-2.5'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [0.000123, '0.000123'],
    [1.0658141036401503e-14, '1.0658141036401503e-14'],
    [123456789012345, '123456789012345.0'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [1.5e22, '1.5e+22'],
    [1e100, '1e+100'],
    [5e-324, '5e-324'],
    [Number.NaN, 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('writes %d as %s', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  it('reads back to the same number, and always shows that it is a float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = pythonFloat(value);
        expect(Number(text)).toBe(value);
        expect(text).toMatch(/[.e]/);
      }),
    );
  });
});

describe('JSON as Python dumps it', () => {
  it('keeps integers and floats apart, writes NaN bare and keeps the order of number-like keys', () => {
    const value = {
      a: 1,
      b: float(1),
      c: float(Number.NaN),
      d: new Map([
        ['2', true],
        ['0', false],
      ]),
      e: [],
    };
    expect(pythonJson(value)).toBe(
      '{\n  "a": 1,\n  "b": 1.0,\n  "c": NaN,\n  "d": {\n    "2": true,\n    "0": false\n  },\n  "e": []\n}',
    );
  });

  it('escapes quotes and everything beyond ASCII', () => {
    expect(pythonJson(['a"b', 'é', '😀'])).toBe('[\n  "a\\"b",\n  "\\u00e9",\n  "\\ud83d\\ude00"\n]');
  });
});

describe('CSV as pandas writes it', () => {
  it('quotes where needed and leaves NaN empty', () => {
    expect(
      pandasCsv(
        ['a', 'b'],
        [
          [1, 'x,y'],
          [float(2), float(Number.NaN)],
        ],
      ),
    ).toBe('a,b\n1,"x,y"\n2.0,\n');
  });
});
