import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coefficientOf,
  kinkTail,
  nominalPValue,
  stepTail,
  thresholdAt,
} from '../../../src/detectors/local-cubic/calibration.ts';
import { identifyNoise, withoutSteepest } from '../../../src/detectors/local-cubic/identify-noise.ts';
import { usualHalfWidth } from '../../../src/detectors/local-cubic/looks.ts';
import { residualCorrelation } from '../../../src/detectors/local-cubic/serial-dependence.ts';
import { firstOrderAutoregression } from '../../../src/numerics/autoregression.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const lengths = fc.integer({ min: 12, max: 100_000 });

describe('the map from residual correlation to coefficient', () => {
  it('gives back the coefficient that the noise was drawn with, on average', () => {
    for (const n of [150, 399]) {
      for (const phi of [0.3, 0.6, 0.8]) {
        let mean = 0;
        for (let seed = 0; seed < 100; seed++) {
          const values = firstOrderAutoregression(n, phi, createRandom(`${n}/${seed}`));
          const quiet = withoutSteepest({ values, positions: undefined }, 0);
          mean += residualCorrelation(quiet, usualHalfWidth(n)) / 100;
        }
        expect(Math.abs(coefficientOf(mean, n) - phi)).toBeLessThan(0.05);
      }
    }
  });

  it('rises from 0 to 1', () => {
    fc.assert(
      fc.property(
        lengths,
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.5 }),
        (n, r, d) => {
          fc.pre(Number.isFinite(d));
          expect(coefficientOf(r + d, n)).toBeGreaterThanOrEqual(coefficientOf(r, n));
        },
      ),
    );
    expect(coefficientOf(-1, 399)).toBe(0);
    expect(coefficientOf(1, 399)).toBe(1);
  });
});

describe('the noise of a series', () => {
  const white = firstOrderAutoregression(300, 0, createRandom('identify'));
  const walk = (increments: Float64Array): Float64Array => {
    let level = 0;
    return increments.map((increment) => {
      level += increment;
      return level;
    });
  };

  it('is stationary, wandering, or none to judge by', () => {
    expect(identifyNoise(white, 0)).toMatchObject({ wandering: false });
    expect(identifyNoise(walk(white), 0)).toMatchObject({ wandering: true });
    expect(identifyNoise(walk(walk(white)), 0)).toBeNull();
  });

  it('is taken for wandering where there are too few measurements to know', () => {
    expect(identifyNoise(white.slice(0, 29), 0)).toEqual({ phi: 0, wandering: true });
  });

  it.each([1, 5, 20, 50])('is not taken for more dependent for a transition of %d measurements', (width) => {
    for (const size of [10, 100, 1000]) {
      const moved = white.map((value, t) => value + size * Math.min(1, Math.max(0, (t - 150) / width)));
      const found = identifyNoise(moved, 0);
      expect(found?.wandering).toBe(false);
      expect(found?.phi).toBeLessThan(0.3);
    }
  });
});

describe('thresholds and p-values', () => {
  const tails = (n: number) => [stepTail(n), kinkTail(n), kinkTail(n, true)];

  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0.0001, max: 0.2, noNaN: true }), (n, alpha) => {
        for (const tail of tails(n))
          expect(nominalPValue(thresholdAt(alpha, tail), tail)).toBeCloseTo(alpha, 12);
      }),
    );
  });

  it('grow with the length, for a longer series has more places to be wrong at', () => {
    for (let n = 200; n < 90_000; n *= 2) {
      tails(n).forEach((tail, i) => {
        expect(thresholdAt(0.05, tails(2 * n)[i])).toBeGreaterThanOrEqual(thresholdAt(0.05, tail));
      });
    }
  });

  it('promise nothing beyond what was simulated', () => {
    expect(nominalPValue(1e9, stepTail(399))).toBe(1e-6);
    expect(nominalPValue(0, stepTail(399))).toBe(1);
  });
});
