import { z } from 'zod';
import type { Run } from '../../../measurements/types.ts';
import { brief, counted } from '../../../wording/sentences.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, positiveNumber } from '../claim-kind.ts';
import { estimateRateRatio, exchangePValue, groupCounts, groupRates, total } from '../group-rate-ratio.ts';
import { byOwnRule } from '../own-rule.ts';
import { idsOf, testedLayers, withoutChance } from '../wording.ts';

const name = z.string({ error: 'a name' }).min(1, 'a name').max(100, 'a name of at most 100 characters');

/**
 * Runs of the group `of` jump `claimed` times as often as those of the group `over`, per layer and 1,000 steps; or more
 * often than each of the groups `over`, where no number is claimed.
 *
 * Null model: groups jump equally often; clusters of runs change groups at random.
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
  assess: ({ by, of, over, claimed }, context) => {
    const { runs, jumps, analysis, alpha } = context;
    const names = [of, ...over];
    const groupOf = runs.map((run) => names.indexOf(run[by]));
    const grouped = groupCounts(jumps, groupOf, names);
    const estimate = estimateRateRatio(context, grouped);
    const unit = 'ratio of rates';
    const common = {
      statistic: `Jumps (${analysis.detector}, ${analysis.seriesId}) per layer and 1,000 steps: rate of ${of} over ${over.length === 1 ? over[0] : `the highest of ${over.join(' and ')}`}`,
      claimed:
        claimed === undefined ? { low: 1, high: Number.POSITIVE_INFINITY } : { low: claimed, high: claimed },
      ...byOwnRule(context, unit, (own, table) => estimateRateRatio(own, groupCounts(table, groupOf, names))),
      evidence: {
        kind: 'estimates' as const,
        title: `Jumps by ${by}, per layer and 1,000 steps`,
        caption: `Points: rates of jumps (${analysis.detector}) in testable layers; bars: ${100 * (1 - alpha)} % intervals over clusters of runs.`,
        axis: 'Jumps per layer and 1,000 steps',
        claimed: null,
        expected: null,
        rows: groupRates(context, grouped),
      },
    };
    const notes = [
      testedLayers(context),
      ...publishedCounts(context, groupOf, names),
      ...trainingSets(runs, groupOf, names),
    ];
    if (!estimate.determined) {
      return {
        ...common,
        testable: false,
        reason: estimate.reason,
        needed: 'more runs and seeds of each group, measured densely enough for their series to be testable',
        runs: runs.flatMap(({ id }, i) => (groupOf[i] >= 0 ? [id] : [])),
        notes,
      };
    }
    const { value, interval, bearing, statistic } = estimate;
    return {
      ...common,
      testable: true,
      effect: { value, interval, unit },
      null: {
        model: 'groups exchanged between clusters of runs',
        pValue: exchangePValue(context, grouped),
        expected: 1,
      },
      asserts: 'difference',
      runs: idsOf(context, bearing),
      notes: [...notes, ...withoutChance(context, bearing, statistic, brief)],
    };
  },
});

/** Counts as they were published: over how many layers decides what they mean. */
function publishedCounts(
  { runs, asPublishedJumps }: AuditContext,
  groupOf: readonly number[],
  names: readonly string[],
): string[] {
  if (asPublishedJumps === null) return [];
  const grouped = groupCounts(asPublishedJumps, groupOf, names);
  const layers = runs.map((run) => run.layers.length);
  const each = names.map(
    (group, g) =>
      `${group} ${total(grouped, grouped.counts, g).toLocaleString('en')} in ${total(grouped, layers, g)} layers`,
  );
  return [`As published: ${each.join(', ')}.`];
}

/** Groups trained on different numbers of examples differ in more than what they are compared by. */
function trainingSets(runs: readonly Run[], groupOf: readonly number[], names: readonly string[]): string[] {
  const epochs = new Map<string, number>();
  runs.forEach(({ hyperparameters }, i) => {
    if (groupOf[i] < 0 || typeof hyperparameters.epochs !== 'number') return;
    const key = `${names[groupOf[i]]} ${hyperparameters.epochs}`;
    epochs.set(key, (epochs.get(key) ?? 0) + 1);
  });
  const different = new Set([...epochs.keys()].map((key) => key.slice(key.lastIndexOf(' '))));
  if (different.size < 2) return [];
  const each = [...epochs].map(([key, count]) => `${key} in ${counted(count, 'run')}`);
  return [`Training sets differ in size, as the epochs that the same steps took show: ${each.join(', ')}.`];
}
