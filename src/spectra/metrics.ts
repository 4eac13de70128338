import { effectiveRank } from './metrics/effective-rank.ts';
import { nuclearNormRatio } from './metrics/nuclear-norm-ratio.ts';
import { participationRatio } from './metrics/participation-ratio.ts';
import { participationRatioCorrected } from './metrics/participation-ratio-corrected.ts';
import { participationRatioSingular } from './metrics/participation-ratio-singular.ts';
import { rank90 } from './metrics/rank-90.ts';
import { stableRank } from './metrics/stable-rank.ts';
import type { Metric } from './types.ts';

/** The name of a dimensionality metric in logs and tables. */
export type MetricName =
  | 'stable_rank'
  | 'participation_ratio'
  | 'participation_ratio_singular'
  | 'rank_90'
  | 'nuclear_norm_ratio'
  | 'effective_rank'
  | 'participation_ratio_corrected';

/**
 * Every dimensionality metric by name.
 *
 * @example
 * const result = metrics.stable_rank(spectrumOf(matrix));
 * if (result.determined) console.log(result.value);
 */
export const metrics: Readonly<Record<MetricName, Metric>> = {
  stable_rank: stableRank,
  participation_ratio: participationRatio,
  participation_ratio_singular: participationRatioSingular,
  rank_90: rank90,
  nuclear_norm_ratio: nuclearNormRatio,
  effective_rank: effectiveRank,
  participation_ratio_corrected: participationRatioCorrected,
};

/** The metrics' names in their usual order. */
export const metricNames = Object.keys(metrics) as readonly MetricName[];
