import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberForm, NumberReader } from '../../src/formats/number-reader.ts';

/** What is read from the beginning of a text, and how far; null where no number begins it. */
function reading(text: string, form?: NumberForm): { readonly value: number; readonly end: number } | null {
  const reader = new NumberReader();
  const value = reader.read(new TextEncoder().encode(text), 0, form);
  return Number.isNaN(value) ? null : { value, end: reader.end };
}

const asJson = (text: string): void =>
  expect(reading(text), text).toEqual({ value: JSON.parse(text), end: text.length });

describe('numbers read from bytes', () => {
  it('are those of JSON.parse, to the bit, however a float64 is written', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e308, max: 1e308, noNaN: true }),
        fc.integer({ min: 1, max: 21 }),
        (value, precision) => {
          asJson(JSON.stringify(value));
          asJson(value.toPrecision(precision));
          asJson(value.toExponential(precision));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are so for values of the size that metrics have', () => {
    const size = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(size, fc.integer({ min: 15, max: 19 }), (value, precision) => {
        asJson(JSON.stringify(value));
        asJson(value.toPrecision(precision));
        asJson(JSON.stringify(-value));
      }),
      { numRuns: 5000 },
    );
  });

  it('are so halfway between two float64, and closely beside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2 ** 52, max: 2 ** 53 - 1 }),
        fc.integer({ min: 1, max: 3 }),
        (whole, decimals) => {
          const digits = String(2n * BigInt(whole) + 1n);
          for (const last of ['', '0', '1', '9']) {
            asJson(`${digits}${last}`);
            asJson(`${digits.slice(0, 16 - decimals)}.${digits.slice(16 - decimals)}${last}`);
          }
        },
      ),
      { numRuns: 1000 },
    );
    for (const text of [
      '9007199254740993',
      '0.1',
      '5e-324',
      '2.2250738585072011e-308',
      '1.7976931348623157e308',
    ])
      asJson(text);
  });

  it('are zero with its sign', () => {
    for (const text of ['0', '-0', '0.0', '-0.000', '0e5', '-0E-300']) asJson(text);
  });

  it('end where the number ends', () => {
    expect(reading('12.5,"next"')).toEqual({ value: 12.5, end: 4 });
    expect(reading('1e3}')).toEqual({ value: 1000, end: 3 });
  });

  it('are none where JSON has none, or none that is finite', () => {
    const none = [
      '',
      '-',
      '.5',
      '1.',
      '1e',
      '1e+',
      '01',
      '-01.5',
      '+1',
      'null',
      '"1"',
      'NaN',
      'Infinity',
      '1e999',
      '1.e3',
    ];
    for (const text of none) expect(reading(text), text).toBeNull();
  });

  it.each([
    ['+4', '+4'],
    ['.5x', '.5'],
    ['5.,', '5.'],
    ['007', '007'],
    ['-01.50', '-01.50'],
    ['+.25e-30', '+.25e-30'],
    ['1-', '1'],
    ['1E+2 ', '1E+2'],
  ])('may be written as tables have them: %s', (text, written) => {
    expect(reading(text, 'loose')).toEqual({ value: Number(written), end: written.length });
  });

  it.each(['', '-', '.', '+.', 'e5', '1e', '1e+', 'nan', ' 1', '--1', 'é', '1e999'])(
    'are not there in a table either: %j',
    (text) => {
      expect(reading(text, 'loose')).toBeNull();
    },
  );

  it('are right where many zeros and a large power make up for each other', () => {
    const small = `0.${'0'.repeat(10_000)}1`;
    for (const power of ['e10001', 'e10010', 'e9990', 'e0', 'E+10000']) asJson(small + power);
    expect(reading(`${small}e99999`)).toBeNull();
    asJson(`1${'0'.repeat(10_000)}e-10001`);
  });

  it('take time in proportion to their digits', () => {
    expect(reading(`1.${'3'.repeat(1e6)}`)?.value).toBe(4 / 3);
    expect(reading(`1${'0'.repeat(1e6)}`)).toBeNull();
    expect(reading(`1e-${'9'.repeat(1e6)}`)?.value).toBe(0);
  });
});
