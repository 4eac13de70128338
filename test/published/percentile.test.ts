import { describe, expect, it } from 'vitest';
import { percentile } from '../../src/published/percentile.ts';

function values(): Float64Array {
  let x = 5;
  return Float64Array.from({ length: 399 }, () => {
    x = (x * 48271) % 2147483647;
    return x / 2147483647 - 0.5;
  });
}

describe('a percentile', () => {
  // numpy.percentile of the same 399 values
  it.each([
    [0, -0.4998876103199495],
    [10, -0.40550969722937313],
    [25, -0.24905419012021932],
    [50, 0.0444461794311396],
    [90, 0.428585898749803],
    [99, 0.4901350198826449],
    [100, 0.4977465691034433],
  ])('is NumPy’s to the last bit at %i per cent', (percent, expected) => {
    expect(percentile(values(), percent)).toBe(expected);
  });

  it('interpolates: the 90th of 1, 2 and 4 is 3.6', () => {
    expect(percentile(Float64Array.of(4, 1, 2), 90)).toBe(3.6);
  });

  it('leaves its argument as it was', () => {
    const unsorted = Float64Array.of(3, 1, 2);
    percentile(unsorted, 50);
    expect([...unsorted]).toEqual([3, 1, 2]);
  });
});
