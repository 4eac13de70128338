import { type Correlation, correlationObstacle } from './correlation.ts';

/**
 * Kendall's tau-b: concordant less discordant pairs, over the geometric mean of the pairs not tied in x and those not
 * tied in y (Kendall 1945). O(n²), meant for a few hundred pairs.
 *
 * @example
 * kendallTauB([1, 2, 3], [1, 3, 2]); // { determined: true, value: 0.3333333333333333 }
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  const obstacle = correlationObstacle(x, y);
  if (obstacle !== null) return { determined: false, reason: obstacle };
  const scale = Math.sqrt(untiedPairs(x) * untiedPairs(y));
  return { determined: true, value: Math.max(-1, Math.min(1, kendallScore(x, y) / scale)) };
}

/** Kendall's S: the number of concordant pairs less the number of discordant ones. Tied pairs count for nothing. */
export function kendallScore(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let score = 0;
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) score += compare(x[i], x[j]) * compare(y[i], y[j]);
  }
  return score;
}

function untiedPairs(values: ArrayLike<number>): number {
  let pairs = 0;
  for (let i = 1; i < values.length; i++) for (let j = 0; j < i; j++) if (values[i] !== values[j]) pairs++;
  return pairs;
}

// Not the sign of a difference: two infinite values are tied, and ∞ − ∞ is no number.
function compare(a: number, b: number): number {
  return a > b ? 1 : a < b ? -1 : 0;
}
