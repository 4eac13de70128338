import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median } from '../../src/numerics/quantile.ts';
import { runningMedian } from '../../src/numerics/running-median.ts';

describe('running median', () => {
  it('is scipy.signal.medfilt where the window is whole', () => {
    const x = [3.1, -2.0, 0.5, 7.25, 3.1, -9.75, 4.0, 0.5, 0.5, 12.0];
    expect([...runningMedian(x, 5).subarray(2, -2)]).toEqual([3.1, 0.5, 3.1, 3.1, 0.5, 0.5]);
  });

  it('is the median of the part of the window that exists, everywhere', () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 });
    fc.assert(
      fc.property(values, fc.nat(12), (data, half) => {
        const expected = data.map((_, i) => median(data.slice(Math.max(0, i - half), i + half + 1)));
        expect([...runningMedian(data, 2 * half + 1)]).toEqual(expected);
      }),
    );
  });

  it('refuses an even window', () => {
    expect(() => runningMedian([1, 2], 4)).toThrow('odd');
  });
});
