import { detectorNamed } from '../../../detectors/registry.ts';
import { brief, counted, percent } from '../../../wording/sentences.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, partOfTraining, shareParameter } from '../claim-kind.ts';
import { countJumps, exposure, type RunJumps } from '../jump-table.ts';
import { jumpTimesEvidence } from '../jump-times-evidence.ts';
import { byOwnRule } from '../own-rule.ts';
import { estimateRatio, type RatioEstimate } from '../ratio-estimate.ts';
import { jumpShareInSurrogates } from '../surrogate-jumps.ts';
import { timeShiftPValue } from '../time-shifts.ts';
import { idsOf, testedLayers, totalJumps, withoutChance } from '../wording.ts';

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
  assess: ({ fraction, claimed }, context) => {
    const { jumps, analysis } = context;
    const early = (run: RunJumps): number => countJumps(run, (time) => time < fraction * run.length);
    const shareOf = (own: AuditContext, table: readonly RunJumps[]): RatioEstimate =>
      estimateRatio(
        own,
        table.map(early),
        table.map((run) => countJumps(run)),
      );
    const estimate = shareOf(context, jumps);
    const statistic = `Share of jumps (${analysis.detector}, ${analysis.seriesId}) at true training steps in the first ${percent(fraction)} of training`;
    const unit = 'share of jumps';
    const common = {
      statistic,
      claimed: { low: claimed, high: 1 },
      evidence: jumpTimesEvidence(context, fraction),
      ...byOwnRule(context, unit, shareOf),
    };
    const notes = [
      testedLayers(context),
      ...ratesAround(jumps, fraction),
      ...asPublishedShare(context, fraction, early),
    ];
    if (!estimate.determined) {
      return {
        ...common,
        testable: false,
        reason: estimate.reason,
        needed: 'more runs with jumps in testable series',
        runs: [],
        notes,
      };
    }
    return {
      ...common,
      testable: true,
      effect: { value: estimate.value, interval: estimate.interval, unit },
      null: {
        model: 'jumps of each run shifted circularly in time, all layers together',
        pValue: timeShiftPValue(context, (time, run) => time < fraction * run.length),
        expected: fraction,
      },
      asserts: 'difference',
      runs: idsOf(context, estimate.bearing),
      notes: [...notes, ...withoutChance(context, estimate.bearing, estimate.statistic, percent)],
    };
  },
});

/** The share as it was published, and what the claim's rule gives where nothing jumps. */
function asPublishedShare(
  context: AuditContext,
  fraction: number,
  early: (run: RunJumps) => number,
): string[] {
  const { asPublished, asPublishedJumps, rng } = context;
  if (asPublished === null || asPublishedJumps === null) return [];
  const all = totalJumps(asPublishedJumps);
  const share = asPublishedJumps.reduce((sum, run) => sum + early(run), 0) / all;
  const reach = Math.max(...asPublishedJumps.map(({ to, length }) => to / length));
  const surrogates = jumpShareInSurrogates(
    context,
    detectorNamed(asPublished.detector),
    (time, length) => time < fraction * length,
    rng.fork('surrogates'),
  );
  return [
    `As published it is ${percent(share)} of ${counted(all, 'jump')}${reach < 0.95 ? `, on an axis that ends at ${percent(reach)} of training` : ''}.`,
    `In surrogates with each series' trend and noise but no jump, ${asPublished.detector} has ${percent(surrogates)} of its jumps there.`,
  ];
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
    rate((time, cut) => time < cut, fraction),
    rate((time, cut) => time >= cut, 1 - fraction),
  ];
  return Number.isFinite(before)
    ? [`Per layer and 1,000 steps: ${brief(before)} jumps before, ${brief(after)} after.`]
    : [];
}
