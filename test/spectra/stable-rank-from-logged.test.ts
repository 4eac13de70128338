import { describe, expect, it } from 'vitest';
import { metrics } from '../../src/spectra/metrics.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import { stableRankFromLogged } from '../../src/spectra/stable-rank-from-logged.ts';
import { determinedValue, gaussianMatrix, reasonOf } from './fixtures.ts';

describe('the stable rank recovered from logged values', () => {
  it('is that of the uncentered matrix they were computed from', () => {
    const spectrum = spectrumOf(gaussianMatrix(50, 20, 1, { offset: 0.3 }), { centering: 'none' });
    const recovered = stableRankFromLogged(
      determinedValue(metrics.nuclear_norm_ratio(spectrum)),
      determinedValue(metrics.participation_ratio_singular(spectrum)),
    );
    expect(determinedValue(recovered)).toBeCloseTo(determinedValue(metrics.stable_rank(spectrum)), 12);
  });

  it.each([
    [Number.NaN, 2],
    [2, Number.NaN],
    [2, 0],
    [0, 0],
    [-1, 2],
  ])('is undetermined for %d and %d, and says so', (nuclearNormRatio, participationRatioSingular) => {
    expect(reasonOf(stableRankFromLogged(nuclearNormRatio, participationRatioSingular))).toContain(
      `nuclear-norm ratio ${nuclearNormRatio}`,
    );
  });
});
