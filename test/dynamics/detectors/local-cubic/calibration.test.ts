import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coefficientOf,
  kinkTail,
  nominalPValue,
  stepTail,
  thresholdAt,
} from '../../../../src/dynamics/detectors/local-cubic/calibration.ts';
import { residualCorrelation } from '../../../../src/dynamics/detectors/local-cubic/serial-dependence.ts';
import {
  firstHalfWidth,
  stepMargin,
  stepProbe,
} from '../../../../src/dynamics/detectors/local-cubic/steps.ts';
import { firstOrderAutoregression } from '../../../../src/numerics/autoregression.ts';
import { createRandom } from '../../../../src/numerics/random.ts';

const lengths = fc.integer({ min: 30, max: 100_000 });

describe('the map from residual correlation to coefficient', () => {
  it('gives back the coefficient that the noise was drawn with, on average', () => {
    for (const n of [150, 399]) {
      const probe = stepProbe(firstHalfWidth(n), 0.5, stepMargin(n), 0);
      for (const phi of [0.3, 0.6, 0.8]) {
        let mean = 0;
        for (let seed = 0; seed < 100; seed++) {
          mean +=
            residualCorrelation(firstOrderAutoregression(n, phi, createRandom(`${n}/${seed}`)), probe) / 100;
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

describe('thresholds and p-values', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0.0001, max: 0.2, noNaN: true }), (n, alpha) => {
        for (const tail of [stepTail(n), kinkTail(n)]) {
          expect(nominalPValue(thresholdAt(alpha, tail), tail)).toBeCloseTo(alpha, 12);
        }
      }),
    );
  });

  it('grow with the length, for a longer series has more places to be wrong at', () => {
    for (let n = 30; n < 90_000; n *= 2) {
      expect(thresholdAt(0.05, stepTail(2 * n))).toBeGreaterThanOrEqual(thresholdAt(0.05, stepTail(n)));
      expect(thresholdAt(0.05, kinkTail(2 * n))).toBeGreaterThanOrEqual(thresholdAt(0.05, kinkTail(n)));
    }
  });

  it('promise nothing beyond what was simulated', () => {
    expect(nominalPValue(1e9, stepTail(399))).toBe(1e-6);
    expect(nominalPValue(0, stepTail(399))).toBe(1);
  });
});
