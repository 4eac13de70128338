import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPandasFloat } from '../../src/published/pandas-float.ts';
import { pythonFloat } from '../../src/published/python-format.ts';

describe('numbers as pandas reads them', () => {
  // pandas 3.0: read_csv with its default parser
  it.each([
    ['1', 1],
    ['0.0', 0],
    ['0.0005', 0.0005],
    ['1e-05', 1e-5],
    ['3.982750795827883e-10', 3.9827507958278824e-10],
    ['1.9693469077708414e-11', 1.969346907770841e-11],
    ['5.495603971894525e-15', 5.495603971894525e-15],
    ['2.220446049250313e-16', 2.220446049250313e-16],
    ['123456789012345678901', 1.2345678901234568e20],
    ['1.7976931348623157e+308', 1.7976931348623157e308],
    ['1e-310', 1e-310],
    ['5e-324', 5e-324],
    ['-2.5e3', -2500],
    ['12345.678901234567890123', 12345.678901234567],
    ['0.00012345678901234567', 0.0001234567890123],
  ])('reads %s as %d', (text, value) => {
    expect(readPandasFloat(text)).toBe(value);
  });

  it('is exact for short decimals, such as every phase of a run', () => {
    for (let step = 0; step < 2000; step++)
      expect(readPandasFloat(pythonFloat(step / 2000))).toBe(step / 2000);
  });

  it('is off by less than a part in 1e12, in a number with leading zeros, and by a few in 1e16 in others', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-200, max: 1e200, noNaN: true }), (value) => {
        const text = pythonFloat(value);
        const bound = text.startsWith('0.0') ? 1e-12 : text.startsWith('0.') ? 2e-15 : 1e-15;
        expect(Math.abs(readPandasFloat(text) / value - 1)).toBeLessThan(bound);
      }),
    );
  });

  it('has no number for what is none', () => {
    for (const text of ['', '.', '-', 'e5', 'abc', '1.2.3']) expect(readPandasFloat(text)).toBeNaN();
  });
});
