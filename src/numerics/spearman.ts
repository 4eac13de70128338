import type { Correlation } from './correlation.ts';
import { pearson } from './pearson.ts';
import { averageRanks } from './ranks.ts';

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties at their mean rank.
 *
 * @example
 * spearman([1, 2, 3, 4], [1, 8, 27, 64]); // { determined: true, value: 1 }
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  return pearson(averageRanks(x), averageRanks(y));
}
