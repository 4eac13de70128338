import { trendCost } from '../costs/trend-cost.ts';

/** Two lines fitted to `bandwidth` measurements on either side of every position, and how much they differ. */
export interface WaldStatistics {
  /** Index of the first position; the others follow. */
  readonly first: number;
  /**
   * Squared deviations from one line less those from two: the Wald statistic of jump and bend together in units of the
   * noise's variance, whatever the spacing.
   */
  readonly gains: Float64Array;
  /** Squared deviations from both lines. */
  readonly deviations: Float64Array;
}

/**
 * @param values of moderate size: sums of their squares are taken over the whole series.
 * @param bandwidth at least 3, at most half the series.
 * @param positions where the values lie on the lines' axis, strictly increasing; by default at equal distances.
 */
export function waldStatistics(
  values: Float64Array,
  bandwidth: number,
  positions?: Float64Array,
): WaldStatistics {
  const g = bandwidth;
  const cost = trendCost(values, positions);
  // Those of the line on start … start + g − 1, each only once: windows on either side of different positions share them.
  const lines = Float64Array.from({ length: values.length - g + 1 }, (_, start) =>
    cost.error(start, start + g),
  );
  const count = Math.max(0, values.length - 2 * g + 1);
  const deviations = new Float64Array(count);
  const gains = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    deviations[p] = lines[p] + lines[p + g];
    gains[p] = Math.max(0, cost.error(p, p + 2 * g) - deviations[p]);
  }
  return { first: g, gains, deviations };
}
