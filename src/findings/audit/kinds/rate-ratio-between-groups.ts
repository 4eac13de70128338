import { z } from 'zod';
import { jumpRate, rateRatio } from '../../../dynamics/rates.ts';
import type { Run } from '../../../measurements/types.ts';
import { garwoodInterval } from '../../../numerics/garwood-interval.ts';
import { permutationPValue } from '../../../numerics/permutation-p-value.ts';
import { permutation } from '../../../numerics/random.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, positiveNumber } from '../claim-kind.ts';
import { clusterBootstrap, FEWEST_CLUSTERS, percentileInterval } from '../cluster-bootstrap.ts';
import type { Estimates } from '../evidence.ts';
import { countJumps, exposure, type RunJumps } from '../jump-table.ts';
import { clustersAmong, estimateRatio, weightsOf } from '../ratio-estimate.ts';
import { counted, digits, idsOf, testedLayers, withoutChance } from '../wording.ts';

const name = z.string({ error: 'a name' }).min(1, 'a name').max(100, 'a name of at most 100 characters');

/**
 * Runs of the group `of` jump `claimed` times as often as those of the group `over`, per layer and 1,000 steps; or more
 * often than each of the groups `over`, where nothing is claimed.
 *
 * Null model: groups jump equally often; whole clusters of runs change groups at random.
 */
export const rateRatioBetweenGroups = claimKind({
  kind: 'rate-ratio-between-groups',
  parameters: {
    by: z.enum(['family', 'architecture', 'dataset'], { error: 'family, architecture or dataset' }),
    of: name,
    over: z.array(name, { error: 'a list of groups' }).min(1, 'at least one group'),
    claimed: positiveNumber.optional(),
  },
  checks: [
    'counts-without-exposure',
    'events-within-noise',
    'constant-metric',
    'single-seed',
    'runs-at-chance',
  ],
  evaluate: ({ by, of, over, claimed }, context) => {
    const { runs, jumps, publishedRuleJumps, asPublishedJumps, analysis, clusters, rng, resamples, alpha } =
      context;
    const groups = [of, ...over];
    const groupOf = runs.map((run) => groups.indexOf(run[by]));
    const bearing = runs.flatMap((_, i) => (groupOf[i] >= 0 && exposure(jumps[i]) > 0 ? [i] : []));
    const counts = jumps.map((run) => countJumps(run));
    const exposures = jumps.map((run) => exposure(run) / 1000);
    const ratio = ratioToHighest(counts, exposures, groupOf, groups.length);
    const ones = weightsOf(bearing, runs.length);
    const strata = groups.map((_, g) =>
      clustersAmong(
        clusters,
        bearing.filter((i) => groupOf[i] === g),
      ),
    );
    const statistic = `Jumps (${analysis.detector}, ${analysis.seriesId}) per layer and 1,000 steps: rate of ${of} over ${over.length === 1 ? over[0] : `the highest of ${over.join(' and ')}`}`;
    const ratioBy = (table: readonly RunJumps[]): string =>
      digits(
        ratioToHighest(
          table.map((run) => countJumps(run)),
          table.map(exposure),
          groupOf,
          groups.length,
        )(ones.map((_, i) => (groupOf[i] >= 0 ? 1 : 0))),
      );
    const total = (values: readonly number[], group: number): number =>
      values.reduce((sum, value, i) => sum + (groupOf[i] === group ? value : 0), 0);
    const notes = [
      testedLayers(context),
      `By the published rule (z > 2) on the same series the ratio of rates is ${ratioBy(publishedRuleJumps)}${
        asPublishedJumps === null
          ? ''
          : `, and ${ratioBy(asPublishedJumps)} for the jumps as published: ${groups
              .map(
                (group, g) =>
                  `${group} ${total(
                    asPublishedJumps.map((run) => countJumps(run)),
                    g,
                  ).toLocaleString('en')}`,
              )
              .join(', ')} are counts over unequal numbers of layers`
      }.`,
      ...trainingSets(runs, groupOf, groups),
    ];
    const evidence = {
      kind: 'estimates',
      title: `Jumps by ${by}, per layer and 1,000 steps`,
      caption: `Points: rates of jumps in testable layers; bars: ${100 * (1 - alpha)} % intervals over clusters of runs.`,
      axis: 'Jumps per layer and 1,000 steps',
      claimed: null,
      expected: null,
      rows: groupRates(context, groups, groupOf),
    } satisfies Estimates & { title: string; caption: string };
    const lacking = groups.filter((_, g) => strata[g].length < FEWEST_CLUSTERS);
    const observed = ratio(ones);
    if (lacking.length > 0 || Number.isNaN(observed)) {
      return {
        testable: false,
        statistic,
        reason:
          lacking.length > 0
            ? `too few independent groups of runs with testable layers: ${groups.map((group, g) => `${group} ${strata[g].length}`).join(', ')}; at least ${FEWEST_CLUSTERS} each are needed`
            : 'no jump was found in any of the groups',
        needed: 'more runs and seeds of each group, measured densely enough for their series to be testable',
        runs: idsOf(context, bearing),
        notes,
        evidence,
      };
    }
    const replicates = clusterBootstrap(ratio, strata, runs.length, rng.fork('bootstrap'), resamples);
    return {
      testable: true,
      statistic,
      effect: {
        value: observed,
        interval: enclosing(
          percentileInterval(replicates, alpha),
          exactInterval(counts, exposures, groupOf, groups.length, 1 - alpha),
        ),
        unit: 'ratio of rates',
      },
      claimed:
        claimed === undefined ? { low: 1, high: Number.POSITIVE_INFINITY } : { low: claimed, high: claimed },
      null: {
        model: 'groups exchanged between clusters of runs',
        pValue: labelPValue(context, strata, groups.length, counts, exposures),
      },
      asserts: 'difference',
      runs: idsOf(context, bearing),
      notes: [...notes, ...withoutChance(context, bearing, ratio, digits)],
      evidence,
    };
  },
});

/** Rate of group 0 over the highest rate of the others. 0/0 is not determined, 1/0 is infinite. */
function ratioToHighest(
  counts: readonly number[],
  exposures: readonly number[],
  groupOf: ArrayLike<number>,
  groups: number,
): (weights: Float64Array) => number {
  const [events, watched] = [new Float64Array(groups), new Float64Array(groups)];
  return (weights) => {
    events.fill(0);
    watched.fill(0);
    for (let i = 0; i < weights.length; i++) {
      if (groupOf[i] < 0 || weights[i] === 0) continue;
      events[groupOf[i]] += weights[i] * counts[i];
      watched[groupOf[i]] += weights[i] * exposures[i];
    }
    let highest = 0;
    for (let g = 1; g < groups; g++) highest = Math.max(highest, watched[g] > 0 ? events[g] / watched[g] : 0);
    return events[0] / watched[0] / highest;
  };
}

/** The exact interval given the counts, against the group with the highest rate: it knows spread where all counts are 0. */
function exactInterval(
  counts: readonly number[],
  exposures: readonly number[],
  groupOf: readonly number[],
  groups: number,
  confidence: number,
): readonly [number, number] | null {
  const total = (values: readonly number[], group: number): number =>
    values.reduce((sum, value, i) => sum + (groupOf[i] === group ? value : 0), 0);
  const rates = Array.from({ length: groups }, (_, g) =>
    jumpRate(total(counts, g), total(exposures, g), confidence),
  );
  const [of, ...over] = rates;
  const highest = over.reduce((a, b) =>
    (b.determined ? b.per1000 : 0) > (a.determined ? a.per1000 : 0) ? b : a,
  );
  const exact = rateRatio(of, highest, confidence);
  return exact.determined ? exact.interval : null;
}

function enclosing(
  a: readonly [number, number],
  b: readonly [number, number] | null,
): readonly [number, number] {
  return b === null ? a : [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** Two-sided on the log ratio, over clusters of runs dealt anew to groups of the same numbers of clusters. */
function labelPValue(
  { runs, rng, resamples }: AuditContext,
  strata: readonly (readonly (readonly number[])[])[],
  groups: number,
  counts: readonly number[],
  exposures: readonly number[],
): number {
  const random = rng.fork('labels');
  const clusters = strata.flat();
  const labels = strata.flatMap((stratum, g) => stratum.map(() => g));
  const groupOf = new Int32Array(runs.length).fill(-1);
  const weights = weightsOf(clusters.flat(), runs.length);
  const ratio = ratioToHighest(counts, exposures, groupOf, groups);
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

function groupRates(
  context: AuditContext,
  groups: readonly string[],
  groupOf: readonly number[],
): Estimates['rows'] {
  const { jumps, runs, alpha } = context;
  return groups.flatMap((label, g) => {
    const inGroup = (value: (run: RunJumps) => number): number[] =>
      jumps.map((run, i) => (groupOf[i] === g ? value(run) : 0));
    const counts = inGroup((run) => countJumps(run));
    const exposures = inGroup((run) => exposure(run) / 1000);
    const estimate = estimateRatio(context, counts, exposures, { of: 'rate' });
    if (Number.isNaN(estimate.value)) return [];
    const tested = jumps.reduce((sum, { layers }, i) => sum + (groupOf[i] === g ? layers.length : 0), 0);
    const all = runs.reduce((sum, { layers }, i) => sum + (groupOf[i] === g ? layers.length : 0), 0);
    const count = counts.reduce((a, b) => a + b, 0);
    const watched = exposures.reduce((a, b) => a + b, 0);
    const exact = garwoodInterval(count, 1 - alpha).map((end) => end / watched) as [number, number];
    return [
      {
        label,
        value: estimate.value,
        interval: estimate.determined ? enclosing(estimate.interval, exact) : null,
        note: `${count} in ${tested} of ${all} layers`,
      },
    ];
  });
}

/** Groups trained on different numbers of examples differ in more than what they are compared by. */
function trainingSets(runs: readonly Run[], groupOf: readonly number[], groups: readonly string[]): string[] {
  const epochs = groups.map((_, g) => [
    ...new Set(
      runs.flatMap(({ hyperparameters }, i) =>
        groupOf[i] === g && typeof hyperparameters.epochs === 'number' ? [hyperparameters.epochs] : [],
      ),
    ),
  ]);
  if (new Set(epochs.flat()).size < 2) return [];
  const deviating = new Map<string, number>();
  runs.forEach(({ hyperparameters }, i) => {
    if (groupOf[i] < 0) return;
    const key = `${groups[groupOf[i]]}: ${hyperparameters.epochs}`;
    deviating.set(key, (deviating.get(key) ?? 0) + 1);
  });
  return [
    `Training sets differ in size, by the epochs that the same steps took (${[...deviating].map(([key, count]) => `${key} in ${counted(count, 'run')}`).join('; ')}).`,
  ];
}
