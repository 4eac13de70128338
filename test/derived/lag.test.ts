import { describe, expect, it } from 'vitest';
import { laggedPairs } from '../../src/derived/lag.ts';

const pairs = (...steps: number[]) => {
  const { lag, earlier } = laggedPairs(Float64Array.from(steps));
  return [lag, ...earlier];
};

describe('pairs of measurements at one distance', () => {
  it('are neighbors where the spacing is even', () => {
    expect(pairs(0, 5, 10, 15)).toEqual([5, -1, 0, 1, 2]);
  });

  it('are further apart where the spacing doubles, so that most have a partner', () => {
    expect(pairs(0, 5, 10, 15, 20, 30, 40, 50)).toEqual([10, -1, -1, 0, 1, 2, 4, 5, 6]);
  });

  it('leave out the measurement behind a missing one', () => {
    expect(pairs(0, 5, 15, 20, 25)).toEqual([5, -1, 0, -1, 2, 3]);
  });

  it('are none where no distance occurs twice', () => {
    expect(pairs(0, 1, 3, 7)).toEqual([null, -1, -1, -1, -1]);
    expect(pairs()).toEqual([null]);
  });
});
