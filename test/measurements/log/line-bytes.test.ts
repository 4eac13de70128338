import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineBytes } from '../../../src/measurements/log/line-bytes.ts';

function written(put: (line: LineBytes) => void): string {
  const line = new LineBytes();
  put(line);
  return new TextDecoder().decode(line.from(0));
}

describe('a number in a line', () => {
  const isAsJson = (value: number): void => {
    expect(written((line) => line.number(value))).toBe(JSON.stringify(value));
  };

  it.each([
    0,
    -0,
    1,
    -1,
    9,
    10,
    0.1,
    -0.1,
    0.000001,
    0.0000015,
    1e-7,
    0.1 + 0.2,
    1.28049,
    999999999.999999,
    1e9,
    1e9 + 0.5,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    2 ** 53,
    1e21,
    1e-300,
    5e-324,
    1.7976931348623157e308,
    123456.7,
    0.100001,
  ])('%d is as JSON.stringify has it', isAsJson);

  it('is so whatever it is', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), isAsJson));
    fc.assert(fc.property(fc.integer(), fc.nat(9), (digits, point) => isAsJson(digits / 10 ** point)));
    fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), isAsJson));
  });
});

describe('a line', () => {
  it('is its parts, one after another, however long they are', () => {
    const parts = ['a', 'é'.repeat(20_000), '𝄞', 'x'.repeat(31), 'x'.repeat(33), ''];
    const texts = (line: LineBytes): void => {
      for (const part of parts) line.text(part);
    };
    const bytes = (line: LineBytes): void => {
      for (const part of parts) line.put(new TextEncoder().encode(part));
    };
    expect(written(texts)).toBe(parts.join(''));
    expect(written(bytes)).toBe(parts.join(''));
  });

  it('loses its last byte, or all', () => {
    expect(
      written((line) => {
        line.text('lost');
        line.clear();
        line.text('{}');
        line.dropLast();
      }),
    ).toBe('{');
  });
});
