import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricNames, metrics } from '../../src/spectra/metrics.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import type { Spectrum } from '../../src/spectra/types.ts';
import { determinedValue, gaussianMatrix, mapElements, reasonOf, reflected } from './fixtures.ts';

const ofSpectrum = metricNames.filter((name) => name !== 'participation_ratio_corrected');

/** A raw spectrum with these singular values. */
function rawSpectrum(singularValues: readonly number[]): Spectrum {
  return {
    singularValues: Float64Array.from(singularValues),
    samples: singularValues.length,
    features: singularValues.length,
    centering: 'none',
    reliable: singularValues.length,
    rowFourthMoment: Number.NaN,
  };
}

describe('the metrics', () => {
  it('have their names', () => {
    expect(metricNames).toEqual([
      'stable_rank',
      'participation_ratio',
      'participation_ratio_singular',
      'rank_90',
      'nuclear_norm_ratio',
      'effective_rank',
      'participation_ratio_corrected',
    ]);
  });

  it('of σ = 2, 1 are what the formulas give by hand', () => {
    const spectrum = rawSpectrum([2, 1]);
    expect(determinedValue(metrics.stable_rank(spectrum))).toBeCloseTo(5 / 4, 14);
    expect(determinedValue(metrics.participation_ratio(spectrum))).toBeCloseTo(25 / 17, 14);
    expect(determinedValue(metrics.participation_ratio_singular(spectrum))).toBeCloseTo(9 / 5, 14);
    expect(determinedValue(metrics.rank_90(spectrum))).toBe(2);
    expect(determinedValue(metrics.nuclear_norm_ratio(spectrum))).toBeCloseTo(3 / 2, 14);
    // −(2/3) ln(2/3) − (1/3) ln(1/3) = ln 3 − (2/3) ln 2
    expect(determinedValue(metrics.effective_rank(spectrum))).toBeCloseTo(3 / 2 ** (2 / 3), 14);
  });

  it('tell σ from λ: on λ = 1/i, i = 1 … 512, the participation ratio is 28.3, of singular values 281.7', () => {
    const spectrum = rawSpectrum(Array.from({ length: 512 }, (_, i) => 1 / Math.sqrt(i + 1)));
    expect(determinedValue(metrics.participation_ratio(spectrum))).toBeCloseTo(28.3, 1);
    expect(determinedValue(metrics.participation_ratio_singular(spectrum))).toBeCloseTo(281.7, 1);
  });

  it.each([1, 2, 10, 160])('of %i equal values are that number, the 90 %% rank nine tenths of it', (n) => {
    const spectrum = rawSpectrum(new Array<number>(n).fill(3.7));
    for (const name of ofSpectrum) {
      const expected = name === 'rank_90' ? Math.ceil(0.9 * n) : n;
      expect(determinedValue(metrics[name](spectrum)), name).toBeCloseTo(expected, 10);
    }
  });

  it('do not count zeros', () => {
    for (const name of ofSpectrum) {
      const padded = metrics[name](rawSpectrum([3, 2, 1, 0, 0, 0]));
      expect(determinedValue(padded), name).toBeCloseTo(
        determinedValue(metrics[name](rawSpectrum([3, 2, 1]))),
        14,
      );
    }
  });

  it('the 90 % rank is the least that reaches nine tenths, and rounding does not decide a tie', () => {
    const rank90 = (variances: readonly number[]): number =>
      determinedValue(metrics.rank_90(rawSpectrum(variances.map(Math.sqrt))));
    expect(rank90([90, 10])).toBe(1);
    expect(rank90([89.99, 10.01])).toBe(2);
    expect(rank90([0.3, 0.3, 0.3, 0.1].map((share) => share * (1 + 2e-16)))).toBe(3);
  });

  it('lie between 1 and the rank, in their known order', () => {
    const spectra = fc
      .array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 })
      .map((values) => values.sort((a, b) => b - a));
    fc.assert(
      fc.property(spectra, (values) => {
        const spectrum = rawSpectrum(values);
        const of = (name: (typeof metricNames)[number]): number => determinedValue(metrics[name](spectrum));
        for (const name of ofSpectrum) {
          expect(of(name), name).toBeGreaterThanOrEqual(1 - 1e-12);
          expect(of(name), name).toBeLessThanOrEqual(values.length * (1 + 1e-12));
        }
        const slack = 1 + 1e-12;
        // Norms: Σλ²/λ₁² ≤ Σλ/λ₁ ≤ Σσ/σ₁. Rényi entropies fall with their order: 2 below 1.
        expect(of('stable_rank')).toBeLessThanOrEqual(of('participation_ratio') * slack);
        expect(of('stable_rank')).toBeLessThanOrEqual(of('nuclear_norm_ratio') * slack);
        expect(of('nuclear_norm_ratio')).toBeLessThanOrEqual(of('participation_ratio_singular') * slack);
        expect(of('participation_ratio_singular')).toBeLessThanOrEqual(of('effective_rank') * slack);
        expect(of('participation_ratio')).toBeLessThanOrEqual(of('participation_ratio_singular') * slack);
      }),
    );
  });

  it('are the same for any multiple of a matrix and in any rotated coordinates', () => {
    const scales = fc.integer({ min: -60, max: 60 }).map((exponent) => -(10 ** exponent));
    fc.assert(
      fc.property(fc.nat(), scales, (seed, scale) => {
        const matrix = gaussianMatrix(30, 12, seed, { scale: (c) => 1 / (1 + c) });
        for (const other of [mapElements(matrix, (value) => value * scale), reflected(matrix, seed)]) {
          for (const name of metricNames) {
            const plain = determinedValue(metrics[name](spectrumOf(matrix)));
            const changed = determinedValue(metrics[name](spectrumOf(other)));
            expect(Math.abs(changed / plain - 1), name).toBeLessThan(1e-9);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    { values: [], reason: 'the spectrum is empty' },
    { values: [0, 0], reason: 'every element of the matrix is zero' },
    { values: [1, Number.NaN], reason: 'negative or not finite' },
    { values: [Number.POSITIVE_INFINITY, 1], reason: 'negative or not finite' },
    { values: [1, -1], reason: 'negative or not finite' },
  ])('are undetermined with a reason for the values $values', ({ values, reason }) => {
    for (const name of metricNames)
      expect(reasonOf(metrics[name](rawSpectrum(values))), name).toContain(reason);
  });
});
