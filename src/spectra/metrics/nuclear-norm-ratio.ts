import type { Metric } from '../types.ts';
import { fromRelativeValues } from './relative-values.ts';

/**
 * Nuclear-norm ratio Σσ / σ₁: the nuclear norm over the spectral norm. From 1 to the rank.
 *
 * @example
 * nuclearNormRatio(spectrumOf({ data: Float64Array.of(2, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' })); // 1.5
 */
export const nuclearNormRatio: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let sum = 0;
    for (const value of relative) sum += value;
    return sum;
  });
