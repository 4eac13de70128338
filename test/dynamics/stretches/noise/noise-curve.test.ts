import { describe, expect, it } from 'vitest';
import { noiseCurve } from '../../../../src/dynamics/stretches/noise/noise-curve.ts';
import { createRandom } from '../../../../src/numerics/random.ts';
import { noisyCurve, ramp } from '../curves.ts';

describe('the noise of a curve', () => {
  it('is the same whatever transition lies in it', () => {
    const plain = noiseCurve(noisyCurve(400, () => 0, 1, 'noise'));
    for (const size of [10, 1000]) {
      const moved = noiseCurve(noisyCurve(400, (i) => size * ramp(200, 10)(i), 1, 'noise'));
      for (const place of [0, 100, 200, 399]) {
        expect(moved.sd[place] / plain.sd[place]).toBeGreaterThan(0.7);
        expect(moved.sd[place] / plain.sd[place]).toBeLessThan(1.5);
      }
    }
  });
});

describe('any series', () => {
  it('has a noise curve, however it looks', () => {
    const rng = createRandom('any series');
    for (let trial = 0; trial < 200; trial++) {
      const n = 12 + rng.integer(100);
      const coarse = 2 ** (rng.integer(40) - 20);
      const values = Float64Array.from(
        { length: n },
        () => coarse * Math.round(rng.normal() * 2 ** rng.integer(30)),
      );
      const { sd, strength, roughness } = noiseCurve(values);
      for (const row of [sd, strength, ...roughness]) {
        expect(row.every((x) => x > 0 && x < Number.POSITIVE_INFINITY)).toBe(true);
      }
    }
  });
});
