import { describe, expect, it } from 'vitest';
import { strengthAfterBlindness } from '../../src/known/critical-period.ts';
import { halfLearned } from '../../src/known/deep-linear.ts';

/** Gradient descent on ½(s − b²)² of a scalar factor b = √strength, as each mode of an aligned two-layer network takes it. */
function firstStepAboveHalf(strength: number, start: number, rate: number): number {
  let b = Math.sqrt(start);
  for (let updates = 1; ; updates++) {
    b += rate * (strength - b * b) * b;
    if (b * b >= strength / 2) return updates - 1;
  }
}

describe('the time at which a mode is half learned', () => {
  it.each([
    [6, 362.5],
    [4, 518.4],
    [2.5, 782.4],
    [1.5, 1218.8],
    [0.8, 2088.6],
  ])('of strength %d is %d updates, as Saxe et al. have it', (strength, updates) => {
    // A measurement of step t is taken after t + 1 updates.
    expect(halfLearned(strength, 1e-3, 0.002) + 1).toBeCloseTo(updates, 1);
  });

  it('is that of gradient descent itself, but for the size of its steps', () => {
    for (const strength of [6, 4, 2.5, 1.5, 0.8]) {
      const late = firstStepAboveHalf(strength, 1e-3, 0.002) - halfLearned(strength, 1e-3, 0.002);
      expect(late).toBeGreaterThan(0.5);
      expect(late).toBeLessThan(3);
    }
  });
});

describe('what is left to a path that was blind', () => {
  it.each([
    [0, 2],
    [62, 1.082],
    [125, 0.478],
    [250, 0.073],
    [519, 0.002],
  ])('after %d updates is %d', (blind, strength) => {
    expect(Math.abs(strengthAfterBlindness(4, 1e-3, 0.002, blind) - strength)).toBeLessThan(0.001);
  });

  it('is what two scalar paths come to by gradient descent', () => {
    for (const blind of [62, 125, 250]) {
      let [a, b] = [Math.sqrt(1e-3), Math.sqrt(1e-3)];
      for (let step = 0; step < 5000; step++) {
        const sees = step >= blind;
        const error = 4 - (sees ? a * a : 0) - b * b;
        b += 0.002 * error * b;
        if (sees) a += 0.002 * (4 - a * a - b * b) * a;
      }
      expect(Math.abs((a * a) / strengthAfterBlindness(4, 1e-3, 0.002, blind) - 1)).toBeLessThan(0.03);
    }
  });
});
