/** Rank correlation with its two-sided p-value; both NaN where a variable is constant. */
export interface RankCorrelation {
  readonly rho: number;
  readonly pValue: number;
}

/**
 * Spearman's rank correlation, ties at their average rank, with the p-value of Student's t on n − 2 degrees of
 * freedom, as `scipy.stats.spearmanr` reports it.
 *
 * @param x, y equally long, at least three values each.
 */
export function spearman(x: readonly number[], y: readonly number[]): RankCorrelation {
  const rho = pearson(averageRanks(x), averageRanks(y));
  if (Number.isNaN(rho)) return { rho, pValue: Number.NaN };
  const freedom = x.length - 2;
  const t = Math.abs(rho) * Math.sqrt(Math.max(0, freedom / ((1 + rho) * (1 - rho))));
  return { rho, pValue: 1 - studentWithin(t, freedom) };
}

function averageRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

function pearson(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i] - meanX, y[i] - meanY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  // 0/0 for a constant variable: undefined, and NaN is how the published files say so.
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/**
 * P(|T| ≤ t) for Student's t with a whole number of degrees of freedom.
 * Source: Abramowitz & Stegun 26.7.3 (odd) and 26.7.4 (even).
 */
function studentWithin(t: number, freedom: number): number {
  if (t === Number.POSITIVE_INFINITY) return 1;
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine2 = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
