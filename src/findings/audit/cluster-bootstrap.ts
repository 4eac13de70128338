import { clopperPearsonInterval } from '../../numerics/clopper-pearson-interval.ts';
import { quantile } from '../../numerics/quantile.ts';
import type { Random } from '../../numerics/random.ts';

/** Positions of runs that are resampled together, because they are not independent of each other. */
export type Cluster = readonly number[];

/** A statistic over runs, of which each counts as often as its weight says; NaN where it is not defined. */
export type WeightedStatistic = (weights: Float64Array) => number;

/** Fewer independent groups of runs give no interval worth the name. */
export const FEWEST_CLUSTERS = 5;

/**
 * Replicates of a statistic in which whole clusters of runs are drawn with replacement, each stratum on its own (Davison
 * & Hinkley 1997, ch. 3.8): layers of a run, and runs on the same examples, are not independent observations.
 *
 * @param strata clusters to draw from; runs in none keep weight 0.
 * @param runs number of runs, the length of the weights.
 * @returns the replicates in which the statistic is defined; infinite ones included.
 */
export function clusterBootstrap(
  statistic: WeightedStatistic,
  strata: readonly (readonly Cluster[])[],
  runs: number,
  rng: Random,
  resamples: number,
): Float64Array {
  const weights = new Float64Array(runs);
  const replicates = Float64Array.from({ length: resamples }, () => {
    weights.fill(0);
    for (const clusters of strata) {
      for (let i = 0; i < clusters.length; i++)
        for (const run of clusters[rng.integer(clusters.length)]) weights[run]++;
    }
    return statistic(weights);
  });
  return replicates.filter((value) => !Number.isNaN(value));
}

/** The percentile interval of bootstrap replicates, of which there must be some. */
export function percentileInterval(replicates: Float64Array, alpha: number): [number, number] {
  // Interpolating between ∞ and ∞ is no number: infinite replicates enter as the largest one.
  const bounded = replicates.map((value) => Math.min(Number.MAX_VALUE, value));
  const end = (p: number): number => {
    const value = quantile(bounded, p);
    return value >= Number.MAX_VALUE / 2 ? Number.POSITIVE_INFINITY : value;
  };
  return [end(alpha / 2), end(1 - alpha / 2)];
}

/**
 * The same for a share. Where every cluster has share 0 or every cluster share 1 the bootstrap knows no spread; the
 * interval is then the exact binomial one, with clusters for trials.
 */
export function shareInterval(
  replicates: Float64Array,
  share: number,
  clusters: number,
  alpha: number,
): [number, number] {
  const [low, high] = percentileInterval(replicates, alpha);
  return low === high && (share === 0 || share === 1)
    ? clopperPearsonInterval(share * clusters, clusters, 1 - alpha)
    : [low, high];
}

/** Two-sided: how rarely the replicates lie beyond the value of the null model, as the percentile interval has it. */
export function bootstrapPValue(replicates: Float64Array, nullValue: number): number {
  const tail = (beyond: (value: number) => boolean): number =>
    (1 + replicates.filter(beyond).length) / (1 + replicates.length);
  return Math.min(
    1,
    2 *
      Math.min(
        tail((value) => value <= nullValue),
        tail((value) => value >= nullValue),
      ),
  );
}
