import { brief, counted, percent } from '../../../wording/sentences.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, partOfTraining } from '../claim-kind.ts';
import { bootstrapPValue } from '../cluster-bootstrap.ts';
import { countJumps, type RunJumps } from '../jump-table.ts';
import { jumpTimesEvidence } from '../jump-times-evidence.ts';
import { byOwnRule } from '../own-rule.ts';
import { estimateRatio, type RatioEstimate } from '../ratio-estimate.ts';
import { idsOf, testedLayers, totalJumps, withoutChance } from '../wording.ts';

/**
 * No jump falls after the part `fraction` of training.
 *
 * The effect is the rate of later jumps per layer and 1,000 steps. Null model: nothing jumps, and the detector invents
 * as many jumps as its nominal error rate allows, evenly over the run.
 */
export const noJumpsAfter = claimKind({
  kind: 'no-jumps-after',
  parameters: { fraction: partOfTraining },
  checks: ['index-as-step', 'events-within-noise', 'constant-metric', 'runs-at-chance'],
  assess: ({ fraction }, context) => {
    const { jumps, ownRuleJumps, asPublishedJumps, analysis } = context;
    const late = (run: RunJumps): number => countJumps(run, (time) => time > fraction * run.length);
    const lateOf = (table: readonly RunJumps[]): string =>
      `${table.reduce((sum, run) => sum + late(run), 0).toLocaleString('en')} of ${counted(totalJumps(table), 'jump')}`;
    const rateOf = (own: AuditContext, table: readonly RunJumps[]): RatioEstimate =>
      estimateRatio(
        own,
        table.map(late),
        table.map((run) => (run.layers.length * Math.max(0, run.to - fraction * run.length)) / 1000),
        { of: 'rate' },
      );
    const estimate = rateOf(context, jumps);
    const lengths = jumps.flatMap(({ layers, from, to }) => (layers.length > 0 ? [to - from] : []));
    const invented = (1000 * analysis.alpha * lengths.length) / lengths.reduce((a, b) => a + b, 0);
    const unit = 'jumps per layer and 1,000 steps';
    const common = {
      statistic: `Jumps (${analysis.detector}, ${analysis.seriesId}) per layer and 1,000 steps after ${percent(fraction)} of training`,
      claimed: { low: 0, high: lengths.length === 0 ? 0 : invented },
      evidence: jumpTimesEvidence(context, fraction),
      ...byOwnRule(context, unit, rateOf),
    };
    const notes = [
      testedLayers(context),
      `Later than ${percent(fraction)} of training lie ${lateOf(jumps)}${ownRuleJumps === null ? '' : `, by the claim's own rule ${lateOf(ownRuleJumps)}`}.`,
      ...(asPublishedJumps === null ? [] : [axisEnd(asPublishedJumps, fraction)]),
    ];
    if (!estimate.determined) {
      return {
        ...common,
        testable: false,
        reason: estimate.reason,
        needed: 'more runs with testable series',
        runs: [],
        notes,
      };
    }
    return {
      ...common,
      testable: true,
      effect: { value: estimate.value, interval: estimate.interval, unit },
      null: {
        model: `no jump: the detector's nominal false alarms, ${brief(invented)} per layer and 1,000 steps`,
        pValue: bootstrapPValue(estimate.replicates, invented),
        expected: invented,
      },
      asserts: 'absence',
      runs: idsOf(context, estimate.bearing),
      notes: [...notes, ...withoutChance(context, estimate.bearing, estimate.statistic, brief)],
    };
  },
});

function axisEnd(table: readonly RunJumps[], fraction: number): string {
  const reach = Math.max(...table.map(({ to, length }) => to / length));
  const last = Math.max(...table.flatMap(({ layers }) => layers.flatMap(({ times }) => times)), 0);
  return reach < fraction
    ? `As published no event can lie there: positions of measurements were taken for steps, and that axis ends at ${percent(reach)} of training.`
    : `As published the last event lies at ${last.toLocaleString('en')}.`;
}
