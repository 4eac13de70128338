import type { Metric } from '../types.ts';
import { fromRelativeValues } from './relative-values.ts';

/**
 * Effective rank exp(−Σ p ln p) with p = σ/Σσ: the exponential of the entropy of the singular values. From 1 to the
 * rank; a zero value adds nothing.
 *
 * Source: Roy & Vetterli 2007, *The effective rank*; used as RankMe by Garrido et al. 2023.
 *
 * @example
 * effectiveRank(spectrumOf({ data: Float64Array.of(1, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' })); // 2
 */
export const effectiveRank: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let sum = 0;
    for (const value of relative) sum += value;
    let entropy = 0;
    for (const value of relative) {
      const share = value / sum;
      if (share > 0) entropy -= share * Math.log(share);
    }
    return Math.exp(entropy);
  });
