import { jumpRate, rateRatio } from '../../dynamics/rates.ts';
import { garwoodInterval } from '../../numerics/garwood-interval.ts';
import { permutationPValue } from '../../numerics/permutation-p-value.ts';
import { permutation } from '../../numerics/random.ts';
import type { AuditContext } from './audit-context.ts';
import {
  type Cluster,
  clusterBootstrap,
  FEWEST_CLUSTERS,
  percentileInterval,
  type WeightedStatistic,
} from './cluster-bootstrap.ts';
import type { Estimates } from './evidence.ts';
import { countJumps, exposure, type RunJumps } from './jump-table.ts';
import { clustersAmong, estimateRatio, type RatioEstimate, weightsOf } from './ratio-estimate.ts';

/** Jumps and exposure of each run, and which group it belongs to. */
export interface GroupedCounts {
  /** Position in `names`; −1 for runs of no group. */
  readonly groupOf: readonly number[];
  readonly names: readonly string[];
  readonly counts: readonly number[];
  /** Layers times thousands of steps. */
  readonly exposures: readonly number[];
}

export function groupCounts(
  jumps: readonly RunJumps[],
  groupOf: readonly number[],
  names: readonly string[],
): GroupedCounts {
  return {
    groupOf,
    names,
    counts: jumps.map((run) => countJumps(run)),
    exposures: jumps.map((run) => exposure(run) / 1000),
  };
}

/**
 * The rate of jumps in the first group over the highest rate of the others. The interval is that of a bootstrap over
 * clusters of runs, each group on its own, widened where the exact one for independent jumps is wider: it knows spread
 * where a group has no jump at all.
 */
export function estimateRateRatio(context: AuditContext, grouped: GroupedCounts): RatioEstimate {
  const { runs, rng, resamples, alpha } = context;
  const statistic = ratioToHighest(grouped);
  const strata = strataOf(context, grouped);
  const bearing = strata.flat(2).sort((a, b) => a - b);
  const value = statistic(weightsOf(bearing, runs.length));
  if (strata.some(({ length }) => length < FEWEST_CLUSTERS)) {
    const sizes = grouped.names.map((name, g) => `${name} ${strata[g].length}`).join(', ');
    const reason = `too few independent groups of runs with testable layers (${sizes}); at least ${FEWEST_CLUSTERS} each are needed`;
    return { determined: false, reason, value };
  }
  if (Number.isNaN(value)) {
    return { determined: false, reason: 'no jump was found in any of the groups', value };
  }
  const replicates = clusterBootstrap(statistic, strata, runs.length, rng.fork('bootstrap'), resamples);
  const interval = enclosing(percentileInterval(replicates, alpha), exactInterval(grouped, 1 - alpha));
  return { determined: true, value, interval, replicates, bearing, statistic };
}

/** Two-sided on the log ratio, over clusters of runs dealt anew to groups of the same numbers of clusters. */
export function exchangePValue(context: AuditContext, grouped: GroupedCounts): number {
  const { runs, rng, resamples } = context;
  const random = rng.fork('groups exchanged');
  const strata = strataOf(context, grouped);
  const clusters = strata.flat();
  const labels = strata.flatMap((stratum, g) => stratum.map(() => g));
  const groupOf = runs.map(() => -1);
  const weights = weightsOf(clusters.flat(), runs.length);
  const ratio = ratioToHighest({ ...grouped, groupOf });
  const distance = (labelOf: (cluster: number) => number): number => {
    clusters.forEach((members, c) => {
      for (const i of members) groupOf[i] = labelOf(c);
    });
    return Math.abs(Math.log(ratio(weights)));
  };
  const observed = distance((c) => labels[c]);
  let asExtreme = 0;
  for (let b = 0; b < resamples; b++) {
    const order = permutation(clusters.length, random);
    if (distance((c) => labels[order[c]]) >= observed * (1 - 1e-12)) asExtreme++;
  }
  return permutationPValue(asExtreme, resamples);
}

/** The rate of each group with its interval, for a figure. */
export function groupRates(context: AuditContext, grouped: GroupedCounts): Estimates['rows'] {
  const { runs, jumps, alpha } = context;
  const { groupOf, names, counts, exposures } = grouped;
  return names.flatMap((label, g) => {
    const own = (values: readonly number[]): number[] =>
      values.map((value, i) => (groupOf[i] === g ? value : 0));
    const estimate = estimateRatio(context, own(counts), own(exposures), { of: 'rate' });
    if (Number.isNaN(estimate.value)) return [];
    const [count, watched] = [total(grouped, counts, g), total(grouped, exposures, g)];
    const [low, high] = garwoodInterval(count, 1 - alpha);
    const tested = total(
      grouped,
      jumps.map(({ layers }) => layers.length),
      g,
    );
    const measured = total(
      grouped,
      runs.map(({ layers }) => layers.length),
      g,
    );
    return [
      {
        label,
        value: estimate.value,
        interval: estimate.determined ? enclosing(estimate.interval, [low / watched, high / watched]) : null,
        note: `${count} in ${tested} of ${measured} layers`,
      },
    ];
  });
}

/** Sum of one value per run over a group. */
export function total({ groupOf }: GroupedCounts, values: readonly number[], group: number): number {
  return values.reduce((sum, value, i) => sum + (groupOf[i] === group ? value : 0), 0);
}

/** Of each group, the clusters with something to watch. */
function strataOf({ clusters }: AuditContext, { groupOf, names, exposures }: GroupedCounts): Cluster[][] {
  return names.map((_, g) =>
    clustersAmong(
      clusters,
      groupOf.flatMap((group, i) => (group === g && exposures[i] > 0 ? [i] : [])),
    ),
  );
}

/** 0/0 is not determined, 1/0 is infinite. */
function ratioToHighest({ groupOf, names, counts, exposures }: GroupedCounts): WeightedStatistic {
  const [events, watched] = [new Float64Array(names.length), new Float64Array(names.length)];
  return (weights) => {
    events.fill(0);
    watched.fill(0);
    for (let i = 0; i < weights.length; i++) {
      if (groupOf[i] < 0 || weights[i] === 0) continue;
      events[groupOf[i]] += weights[i] * counts[i];
      watched[groupOf[i]] += weights[i] * exposures[i];
    }
    let highest = 0;
    for (let g = 1; g < names.length; g++) {
      if (watched[g] > 0) highest = Math.max(highest, events[g] / watched[g]);
    }
    return events[0] / watched[0] / highest;
  };
}

/** Given the counts, against the group with the highest rate; null where that has none. */
function exactInterval(grouped: GroupedCounts, confidence: number): readonly [number, number] | null {
  const { names, counts, exposures } = grouped;
  const [of, ...over] = names.map((_, g) =>
    jumpRate(total(grouped, counts, g), total(grouped, exposures, g), confidence),
  );
  const highest = over.reduce((a, b) => (b.count / b.layerSteps > a.count / a.layerSteps ? b : a));
  const exact = rateRatio(of, highest, confidence);
  return exact.determined ? exact.interval : null;
}

function enclosing(
  a: readonly [number, number],
  b: readonly [number, number] | null,
): readonly [number, number] {
  return b === null ? a : [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
