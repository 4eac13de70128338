import { fromRelativeValues } from '../../../src/spectra/metrics/relative-values.ts';
import type { Metric } from '../../../src/spectra/types.ts';

/**
 * Rényi effective rank of order 3: (Σp³)^(−1/2) of the shares p = λ / Σλ, λ = σ². From 1 to the rank.
 *
 * Source: Hill 1973, *Diversity and evenness*, of order 3.
 */
export const hillThree: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let [sum, cubes] = [0, 0];
    for (const value of relative) {
      sum += value ** 2;
      cubes += value ** 6;
    }
    return Math.sqrt(sum ** 3 / cubes);
  });
