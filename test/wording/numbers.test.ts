import { describe, expect, it } from 'vitest';
import {
  formatInterval,
  formatNumber,
  formatPercent,
  formatPValue,
  pInWords,
} from '../../src/wording/numbers.ts';
import { typeset } from '../../src/wording/typeset.ts';

describe('numbers for readers', () => {
  it('have four significant digits and a true minus sign', () => {
    expect([12345, 1.23456, -0.5, 0.0000123456, 1995].map((value) => formatNumber(value))).toEqual([
      '12,345',
      '1.235',
      '−0.5',
      '1.235e−5',
      '1,995',
    ]);
  });

  it('have a true minus sign and grouped thousands whatever their size, whole ones too', () => {
    expect([-3, -1995, -1.25e-7, 1.5e20, 0, -0].map((value) => typeset(value))).toEqual([
      '−3',
      '−1,995',
      '−1.25e−7',
      '1.5e20',
      '0',
      '0',
    ]);
    expect([-7, 12_891_234.5, 3e9].map((value) => formatNumber(value))).toEqual(['−7', '12,890,000', '3e9']);
  });

  it('never pass for a number where there is none', () => {
    for (const format of [formatNumber, formatPValue, formatPercent]) {
      expect([null, undefined, Number.NaN].map((value) => format(value))).toEqual(['–', '–', '–']);
    }
    expect(formatInterval(null)).toBe('–');
  });

  it('say of a small p-value that it is small, not zero', () => {
    expect(formatPValue(1e-12)).toBe('< 0.0001');
    expect(formatPValue(0.0423456)).toBe('0.0423');
    expect([0.00556, 1e-9, 1].map(pInWords)).toEqual(['p = 0.00556', 'p < 0.0001', 'p = 1']);
  });

  it('show shares as percentages and intervals in brackets', () => {
    expect(formatPercent(0.8481)).toBe('84.8 %');
    expect(formatInterval([-0.02, 0.1])).toBe('[−0.02, 0.1]');
  });
});
