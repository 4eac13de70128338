import { describe, expect, it } from 'vitest';
import {
  crossingOf,
  monotonePart,
  reachOfLevel,
} from '../../../../src/dynamics/stretches/division/crossing.ts';
import { noiseCurve } from '../../../../src/dynamics/stretches/noise/noise-curve.ts';
import { noisyCurve, ramp } from '../curves.ts';

describe('where a curve passes a level', () => {
  const crossing = (seed: number, sign: 1 | -1) => {
    const values = noisyCurve(300, (i) => sign * 20 * ramp(140, 20)(i), 1, seed);
    return crossingOf(monotonePart(values, sign, 100, 200), noiseCurve(values), sign * 10, 0.2);
  };

  it.each([1, -1] as const)('is where it does, within its bounds (sign %d)', (sign) => {
    let held = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { place, early, late } = crossing(seed, sign);
      expect(Math.abs(place - 150)).toBeLessThan(4);
      expect(early).toBeLessThanOrEqual(place);
      expect(late).toBeGreaterThanOrEqual(place);
      expect(late - early).toBeLessThan(12);
      if (early <= 150 && 150 <= late) held++;
    }
    expect(held).toBeGreaterThanOrEqual(54);
  });

  it('is at an end of the part where it never passes it', () => {
    const values = noisyCurve(300, (i) => 20 * ramp(140, 20)(i), 1, 'never');
    const part = monotonePart(values, 1, 100, 200);
    const noise = noiseCurve(values);
    expect(crossingOf(part, noise, 40, 0).place).toBe(200);
    expect(crossingOf(part, noise, -40, 0).place).toBe(100);
  });
});

describe('how far a curve may have stayed at a level', () => {
  it('ends where it is surely beyond it, on either side', () => {
    const values = noisyCurve(300, (i) => 20 * (1 - ramp(80, 20)(i)) + 20 * ramp(200, 20)(i), 0.5, 'valley');
    const noise = noiseCurve(values);
    const level = { value: 0, error: 0.1 };
    const back = reachOfLevel(noise, 1, level, 1, 150, 50);
    const ahead = reachOfLevel(noise, 1, level, 1, 150, 290);
    expect(Math.abs(back - 99)).toBeLessThanOrEqual(3);
    expect(Math.abs(ahead - 201)).toBeLessThanOrEqual(3);
    expect(reachOfLevel(noise, 1, level, 1, 150, 120)).toBe(120);
  });
});
