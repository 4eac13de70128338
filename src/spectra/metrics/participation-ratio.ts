import type { Metric } from '../types.ts';
import { fromRelativeValues } from './relative-values.ts';

/**
 * Participation ratio (Σλ)² / Σλ² of the variances λ = σ². From 1 to the rank; for finite samples see
 * `participationRatioCorrected`.
 *
 * Source: Gao et al. 2017, *A theory of multineuronal dimensionality*; Recanatesi et al. 2019.
 *
 * @example
 * participationRatio(spectrumOf({ data: Float64Array.of(2, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' })); // 25/17
 */
export const participationRatio: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let sum = 0;
    let sumOfSquares = 0;
    for (const value of relative) {
      const variance = value * value;
      sum += variance;
      sumOfSquares += variance * variance;
    }
    return (sum * sum) / sumOfSquares;
  });
