import { claimKind, partOfTraining, shareParameter } from '../claim-kind.ts';
import { countJumps, exposure, type RunJumps } from '../jump-table.ts';
import { jumpTimesEvidence } from '../jump-times-evidence.ts';
import { estimateRatio } from '../ratio-estimate.ts';
import { jumpShareInSurrogates } from '../surrogate-jumps.ts';
import { timeShiftPValue } from '../time-shifts.ts';
import { counted, digits, idsOf, percent, testedLayers, totalJumps, withoutChance } from '../wording.ts';

/**
 * At least the share `claimed` of all jumps falls in the first part `fraction` of training.
 *
 * Null model: the jumps of a run, moved in time all together by a random offset (circularly), so that jumps of several
 * layers at once stay together but fall anywhere in training.
 */
export const shareOfJumpsBefore = claimKind({
  kind: 'share-of-jumps-before',
  parameters: { fraction: partOfTraining, claimed: shareParameter },
  checks: [
    'index-as-step',
    'events-within-noise',
    'constant-metric',
    'counts-without-exposure',
    'runs-at-chance',
  ],
  evaluate: ({ fraction, claimed }, context) => {
    const { jumps, publishedRuleJumps, asPublishedJumps, analysis, rng } = context;
    const early = (run: RunJumps): number => countJumps(run, (time) => time <= fraction * run.length);
    const shareIn = (table: readonly RunJumps[]): string => {
      const [hits, all] = [table.reduce((sum, run) => sum + early(run), 0), totalJumps(table)];
      return `${percent(hits / all)} of ${counted(all, 'jump')}`;
    };
    const estimate = estimateRatio(
      context,
      jumps.map(early),
      jumps.map((run) => countJumps(run)),
    );
    const part = percent(fraction);
    const statistic = `Share of jumps (${analysis.detector}, ${analysis.seriesId}) at true training steps in the first ${part} of training`;
    const notes = [
      testedLayers(context),
      `The published rule (z > 2) on the same series and true steps: ${shareIn(publishedRuleJumps)}; on surrogates with each series' trend and noise but no jump: ${percent(jumpShareInSurrogates(context, (time, length) => time <= fraction * length, rng.fork('surrogates')))}.`,
      ...(asPublishedJumps === null
        ? []
        : [`As published: ${shareIn(asPublishedJumps)}${lastEvent(asPublishedJumps)}.`]),
      ...ratesAround(jumps, fraction),
    ];
    const evidence = jumpTimesEvidence(context, fraction);
    if (!estimate.determined) {
      return {
        testable: false,
        statistic,
        reason: estimate.reason,
        needed: 'more runs with jumps in testable series',
        runs: [],
        notes,
        evidence,
      };
    }
    return {
      testable: true,
      statistic,
      effect: { value: estimate.value, interval: estimate.interval, unit: 'share of jumps' },
      claimed: { low: claimed, high: 1 },
      null: {
        model: 'jumps of each run shifted circularly in time, all layers together',
        pValue: timeShiftPValue(context, (time, run) => time <= fraction * run.length),
      },
      asserts: 'difference',
      runs: idsOf(context, estimate.bearing),
      notes: [...notes, ...withoutChance(context, estimate.bearing, estimate.statistic, percent)],
      evidence,
    };
  },
});

/** Where the published axis ends, if that is before training does. */
function lastEvent(table: readonly RunJumps[]): string {
  const reach = Math.max(...table.map(({ to, length }) => to / length));
  return reach < 0.95 ? `, on an axis that ends at ${percent(reach)} of training` : '';
}

function ratesAround(jumps: readonly RunJumps[], fraction: number): string[] {
  const rate = (within: (time: number, cut: number) => boolean, share: number): number => {
    const count = jumps.reduce(
      (sum, run) => sum + countJumps(run, (time) => within(time, fraction * run.length)),
      0,
    );
    return (1000 * count) / (share * jumps.reduce((sum, run) => sum + exposure(run), 0));
  };
  const [before, after] = [
    rate((time, cut) => time <= cut, fraction),
    rate((time, cut) => time > cut, 1 - fraction),
  ];
  return Number.isFinite(before)
    ? [`Per layer and 1,000 steps: ${digits(before)} jumps before, ${digits(after)} after.`]
    : [];
}
