import { garwoodInterval } from '../../numerics/garwood-interval.ts';
import type { AuditContext } from './audit-context.ts';
import {
  type Cluster,
  clusterBootstrap,
  FEWEST_CLUSTERS,
  percentileInterval,
  shareInterval,
  type WeightedStatistic,
} from './cluster-bootstrap.ts';

/** A ratio of sums over runs, with its interval; or why there is none. */
export type RatioEstimate =
  | {
      readonly determined: true;
      readonly value: number;
      readonly interval: readonly [number, number];
      readonly replicates: Float64Array;
      /** Positions of the runs whose denominator is not 0. */
      readonly bearing: readonly number[];
      readonly statistic: WeightedStatistic;
    }
  | { readonly determined: false; readonly reason: string; readonly value: number };

export interface RatioOptions {
  /** A share lies between 0 and 1; a rate counts events per exposure; a mean may be anything. Default `share`. */
  readonly of?: 'share' | 'rate' | 'mean';
}

/**
 * Σ numerator / Σ denominator over runs, with a bootstrap interval over clusters of runs.
 *
 * @param numerators one per run of the context; runs with denominator 0 do not bear on the ratio.
 */
export function estimateRatio(
  context: AuditContext,
  numerators: readonly number[],
  denominators: readonly number[],
  { of = 'share' }: RatioOptions = {},
): RatioEstimate {
  const { runs, clusters, rng, resamples, alpha } = context;
  const statistic = ratioOfSums(numerators, denominators);
  const bearing = runs.flatMap((_, i) => (denominators[i] > 0 ? [i] : []));
  const value = statistic(weightsOf(bearing, runs.length));
  const groups = clustersAmong(clusters, bearing);
  if (groups.length < FEWEST_CLUSTERS) return { determined: false, reason: tooFew(groups.length), value };
  const replicates = clusterBootstrap(statistic, [groups], runs.length, rng.fork('bootstrap'), resamples);
  const total = sum(numerators);
  const interval =
    of === 'share'
      ? shareInterval(replicates, value, groups.length, alpha)
      : of === 'rate' && total === 0
        ? [0, garwoodInterval(0, 1 - alpha)[1] / sum(denominators)]
        : percentileInterval(replicates, alpha);
  return { determined: true, value, interval: [interval[0], interval[1]], replicates, bearing, statistic };
}

export function ratioOfSums(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
): WeightedStatistic {
  return (weights) => {
    let [above, below] = [0, 0];
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] === 0) continue;
      above += weights[i] * numerators[i];
      below += weights[i] * denominators[i];
    }
    return above / below;
  };
}

/** The clusters, less the runs that are not among the members. */
export function clustersAmong(clusters: readonly Cluster[], members: readonly number[]): Cluster[] {
  const wanted = new Set(members);
  return clusters.map((cluster) => cluster.filter((i) => wanted.has(i))).filter(({ length }) => length > 0);
}

/** Weight 1 for the members, 0 for all others. */
export function weightsOf(members: Iterable<number>, runs: number): Float64Array {
  const weights = new Float64Array(runs);
  for (const i of members) weights[i] = 1;
  return weights;
}

export function tooFew(clusters: number): string {
  return `${clusters} independent ${clusters === 1 ? 'group' : 'groups'} of runs bear on it; at least ${FEWEST_CLUSTERS} are needed for an interval`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
