import type { Metric } from '../types.ts';
import { fromRelativeValues } from './relative-values.ts';

/**
 * Stable rank Σλ / λ₁ with λ = σ²: the squared Frobenius norm over the squared spectral norm. From 1 to the rank.
 *
 * Source: Rudelson & Vershynin 2007, *Sampling from large matrices*.
 *
 * @example
 * stableRank(spectrumOf({ data: Float64Array.of(2, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' })); // 1.25
 */
export const stableRank: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let sum = 0;
    for (const value of relative) sum += value * value;
    return sum;
  });
