import { describe, expect, it } from 'vitest';
import { sameNumbers } from '../../src/numerics/same-numbers.ts';

describe('two lists', () => {
  it('hold the same numbers where each is the same as that in its place', () => {
    expect(sameNumbers([1, 2], Float64Array.of(1, 2))).toBe(true);
    expect(sameNumbers([], [])).toBe(true);
    expect(sameNumbers([1, 2], [2, 1])).toBe(false);
    expect(sameNumbers([1, 2], [1, 2, 3])).toBe(false);
  });

  it('do not where one is no number', () => {
    expect(sameNumbers([Number.NaN], [Number.NaN])).toBe(false);
  });
});
