import { describe, expect, it } from 'vitest';
import { brief, counted, coverage, intervalName, percent, someOf } from '../../src/wording/sentences.ts';

describe('numbers in sentences', () => {
  it('are three significant digits, and counts whole and grouped', () => {
    expect([1234, 0.016666, 12.345, -0.5].map(brief)).toEqual(['1,234', '0.0167', '12.3', '−0.5']);
  });

  it('say so where there is no number', () => {
    expect([Number.POSITIVE_INFINITY, Number.NaN].map(brief)).toEqual(['∞', 'not determined']);
    expect(percent(Number.NaN)).toBe('not determined');
  });

  it('give shares as percentages that keep small ones', () => {
    expect([0.0456, 0.5, 0.97345, 0.00012, 0].map(percent)).toEqual([
      '4.56 %',
      '50 %',
      '97.3 %',
      '0.012 %',
      '0 %',
    ]);
  });

  it('agree with their noun', () => {
    expect([counted(1, 'run'), counted(0, 'run'), counted(2, 'series', 'series')]).toEqual([
      '1 run',
      '0 runs',
      '2 series',
    ]);
  });

  it('name a few of many, each once', () => {
    expect(someOf(['a', 'b', 'a'])).toBe('a, b');
    expect(someOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});

describe('the level of an interval', () => {
  it('is said without rounding noise', () => {
    expect([0.05, 0.01, 0.001, 0.1, 0.025].map(coverage)).toEqual([
      '95 %',
      '99 %',
      '99.9 %',
      '90 %',
      '97.5 %',
    ]);
    expect(intervalName(0.01)).toBe('99 % interval');
  });
});
