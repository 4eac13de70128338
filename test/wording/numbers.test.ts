import { describe, expect, it } from 'vitest';
import { formatInterval, formatNumber, formatPercent, formatPValue } from '../../src/wording/numbers.ts';

describe('numbers for readers', () => {
  it('have four significant digits and a true minus sign', () => {
    expect([12345, 1.23456, -0.5, 0.0000123456, 1995].map((value) => formatNumber(value))).toEqual([
      '12345',
      '1.235',
      '−0.5',
      '1.235e−5',
      '1995',
    ]);
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
  });

  it('show shares as percentages and intervals in brackets', () => {
    expect(formatPercent(0.8481)).toBe('84.8 %');
    expect(formatInterval([-0.02, 0.1])).toBe('[−0.02, 0.1]');
  });
});
