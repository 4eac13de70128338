import type { Metric } from '../types.ts';
import { fromRelativeValues } from './relative-values.ts';

const SHARE = 0.9;
/** A share that falls short by less than this has been reached: rounding must not decide a tie. */
const ROUNDING = 1e-12;

/**
 * 90 % rank: the least number of leading components that hold at least 90 % of Σλ, λ = σ². A whole number from 1 to
 * the rank. Shares equal to 90 % up to rounding (1e-12) count as reached.
 *
 * Source: Jolliffe 2002, *Principal Component Analysis*, §6.1.1 (cumulative percentage of total variation).
 *
 * @example
 * rank90(spectrumOf({ data: Float64Array.of(4, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' })); // 1: 16 of 17
 */
export const rank90: Metric = (spectrum) =>
  fromRelativeValues(spectrum, (relative) => {
    let total = 0;
    for (const value of relative) total += value * value;
    let sum = 0;
    let count = 0;
    while (sum < (SHARE - ROUNDING) * total) {
      sum += relative[count] * relative[count];
      count++;
    }
    return count;
  });
