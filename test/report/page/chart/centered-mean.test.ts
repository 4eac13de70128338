import { describe, expect, it } from 'vitest';
import { centeredMean } from '../../../../src/report/page/chart/centered-mean.ts';

describe('a smoothed curve', () => {
  it('is the mean over as many neighbors on either side, fewer near the ends', () => {
    // By hand: the ends stay, next to them three are averaged, in the middle five.
    const values = Float32Array.of(10, 1, 4, 7, 13, 0, 2);
    expect([...centeredMean(values, 5)]).toEqual([10, 5, 7, 5, 26 / 5, 5, 2].map(Math.fround));
    expect([...centeredMean(values, 3)]).toEqual([10, 5, 4, 8, 20 / 3, 5, 2].map(Math.fround));
  });

  it('keeps gaps, and leaves them out of the means beside them', () => {
    const values = Float32Array.of(1, 3, Number.NaN, 5, 9);
    expect([...centeredMean(values, 3)]).toEqual([1, 2, Number.NaN, 7, 9]);
  });

  it('is the curve itself for a width of one, and for a curve of one or two', () => {
    const values = Float32Array.of(3, 1, 2);
    expect([...centeredMean(values, 1)]).toEqual([3, 1, 2]);
    expect([...centeredMean(values.subarray(0, 2), 51)]).toEqual([3, 1]);
    expect([...centeredMean(new Float32Array(0), 9)]).toEqual([]);
  });
});
