import { describe, expect, it } from 'vitest';
import { extreme, levelAt } from '../../../../src/dynamics/stretches/division/side-levels.ts';
import { noiseCurve } from '../../../../src/dynamics/stretches/noise/noise-curve.ts';
import { noisyCurve } from '../curves.ts';

const curve = noiseCurve(noisyCurve(100, () => 5, 0.1, 'side levels'));
const mean = (first: number, last: number): number => {
  const values = curve.values.slice(first, last + 1);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

describe('the value of a curve at a place', () => {
  it('is the mean of three, at the start of a series its first value, at the end no single one', () => {
    expect(levelAt(curve, 50).value).toBeCloseTo(mean(49, 51), 12);
    expect(levelAt(curve, 0).value).toBeCloseTo(curve.values[0], 12);
    expect(levelAt(curve, 99).value).toBeCloseTo(mean(98, 99), 12);
  });

  it('is at a sharp turn the value itself, which is also where the curve is furthest', () => {
    // Down at once, and slowly back: the lowest value has a neighbor that is not like it.
    const turn = noiseCurve(noisyCurve(100, (i) => (i < 40 ? 9 : 3 + (i - 40) / 20), 0.1, 'sharp'));
    const place = extreme(turn, 38, 45, -1);
    expect(turn.values[place]).toBeLessThan(3.4);
    expect(levelAt(turn, 40).value).toBe(turn.values[40]);
  });
});
