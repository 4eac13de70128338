import type { Metric } from '../types.ts';
import { fromRelativeValues } from './relative-values.ts';

/**
 * Participation ratio of the singular values themselves, (Σσ)² / Σσ²: what the published NDT logs (2025) call
 * `participation_ratio`. From 1 to the rank, and far above the participation ratio of variances where the spectrum
 * decays: on λ = 1/i, i = 1 … 512, it is 282 against 28.
 *
 * @example
 * participationRatioSingular(spectrumOf({ data: Float64Array.of(2, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' })); // 1.8
 */
export const participationRatioSingular: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let sum = 0;
    let sumOfSquares = 0;
    for (const value of relative) {
      sum += value;
      sumOfSquares += value * value;
    }
    return (sum * sum) / sumOfSquares;
  });
