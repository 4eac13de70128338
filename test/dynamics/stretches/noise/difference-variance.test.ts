import { describe, expect, it } from 'vitest';
import {
  firstDifferenceVariance,
  meanVariance,
  secondDifferenceVariance,
} from '../../../../src/dynamics/stretches/noise/difference-variance.ts';

describe('variances of differences of means', () => {
  it.each([0, 0.3, 0.85])('are those of the weights, for AR(1) noise of coefficient %d', (phi) => {
    const variance = (weights: number[]): number => {
      let sum = 0;
      for (const [i, a] of weights.entries()) {
        for (const [j, b] of weights.entries()) sum += a * b * phi ** Math.abs(i - j);
      }
      return sum;
    };
    for (const h of [1, 2, 5]) {
      const part = (value: number): number[] => Array(h).fill(value / h);
      expect(meanVariance(h, phi)).toBeCloseTo(variance(part(1)), 12);
      expect(firstDifferenceVariance(h, phi)).toBeCloseTo(variance([...part(-1), ...part(1)]), 12);
      expect(secondDifferenceVariance(h, phi)).toBeCloseTo(
        variance([...part(1), ...part(-2), ...part(1)]),
        12,
      );
    }
  });
});
