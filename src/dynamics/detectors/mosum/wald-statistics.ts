import { prefixSums } from '../../costs/prefix-sums.ts';

/** Two lines fitted to `bandwidth` measurements on either side of every position, and how much they differ. */
export interface WaldStatistics {
  /** Index of the first position; the others follow. */
  readonly first: number;
  /** Right line less left line, halfway between the measurements on either side. */
  readonly jumps: Float64Array;
  /** Right slope less left slope, per measurement. */
  readonly bends: Float64Array;
  /** Variances of jump and bend, in units of the noise's, were it independent; the two are uncorrelated. */
  readonly jumpVariance: number;
  readonly bendVariance: number;
  /** Squared deviations from both lines. */
  readonly deviations: Float64Array;
}

/**
 * @param values of moderate size: sums of their squares are taken over the whole series.
 * @param bandwidth at least 3, at most half the series.
 */
export function waldStatistics(values: Float64Array, bandwidth: number): WaldStatistics {
  const n = values.length;
  const g = bandwidth;
  const sums = prefixSums(n, (i) => values[i]);
  const squares = prefixSums(n, (i) => values[i] * values[i]);
  const moments = prefixSums(n, (i) => i * values[i]);
  const spread = (g * (g * g - 1)) / 12;
  // The line on start … start + g − 1, each only once: windows on either side of different positions share them.
  const windows = n - g + 1;
  const means = new Float64Array(windows);
  const slopes = new Float64Array(windows);
  const residuals = new Float64Array(windows);
  for (let start = 0; start < windows; start++) {
    const sum = sums[start + g] - sums[start];
    const moment = moments[start + g] - moments[start] - (start + (g - 1) / 2) * sum;
    means[start] = sum / g;
    slopes[start] = moment / spread;
    const square = squares[start + g] - squares[start];
    residuals[start] = Math.max(0, square - (sum * sum) / g - (moment * moment) / spread);
  }
  const positions = Math.max(0, n - 2 * g + 1);
  const jumps = new Float64Array(positions);
  const bends = new Float64Array(positions);
  const deviations = new Float64Array(positions);
  for (let p = 0; p < positions; p++) {
    const q = p + g;
    jumps[p] = means[q] - (slopes[q] * g) / 2 - means[p] - (slopes[p] * g) / 2;
    bends[p] = slopes[q] - slopes[p];
    deviations[p] = residuals[p] + residuals[q];
  }
  return {
    first: g,
    jumps,
    bends,
    jumpVariance: 2 * (1 / g + (g / 2) ** 2 / spread),
    bendVariance: 2 / spread,
    deviations,
  };
}
