import { studentTCdf } from './student-t.ts';

/**
 * Two-sided p-value of a Pearson or Spearman correlation under independence, from
 * t = r·√((n − 2)/(1 − r²)) with n − 2 degrees of freedom: exact for bivariate normal data, an approximation for ranks.
 *
 * @param pairs n, at least 3.
 * @example
 * correlationPValue(0.6, 10); // 0.0667
 */
export function correlationPValue(correlation: number, pairs: number): number {
  if (!(pairs >= 3)) throw new RangeError(`pairs is ${pairs}; allowed: at least 3`);
  if (Math.abs(correlation) >= 1) return 0;
  const t = correlation * Math.sqrt((pairs - 2) / ((1 - correlation) * (1 + correlation)));
  return 2 * studentTCdf(-Math.abs(t), pairs - 2);
}
