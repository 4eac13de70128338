import { describe, expect, it } from 'vitest';
import { rangeMean, rangeSums, sumDifference } from '../../../../src/dynamics/stretches/noise/range-sums.ts';

describe('sums over ranges', () => {
  it('keep the digits of small values beside a large step', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => (i < 100 ? 0 : 1e12) + (i % 2) * 2 ** -10);
    expect(rangeMean(rangeSums(values), 1000, 1004) - 1e12).toBeCloseTo(2 ** -11, 4);
    expect(rangeMean(rangeSums(values), 10, 14)).toBe(2 ** -11);
  });
});

describe('differences of sums', () => {
  it('are exact where the sums nearly cancel', () => {
    const values = Float64Array.from({ length: 4000 }, (_, i) => 10 / 3 + (i % 3) * 2 ** -51);
    const offsets = Float64Array.from({ length: 4000 }, (_, i) => (i % 3) * 2 ** -51);
    const sums = rangeSums(values);
    for (const half of [1, 100, 1000, 1999]) {
      let expected = 0;
      for (let i = 0; i < half; i++) expected += offsets[half + i] - offsets[i];
      expect(sumDifference(sums, 0, half, 2 * half)).toBe(expected);
    }
  });
});
