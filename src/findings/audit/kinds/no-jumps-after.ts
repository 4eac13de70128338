import { claimKind, partOfTraining } from '../claim-kind.ts';
import { bootstrapPValue } from '../cluster-bootstrap.ts';
import { countJumps, type RunJumps } from '../jump-table.ts';
import { jumpTimesEvidence } from '../jump-times-evidence.ts';
import { estimateRatio } from '../ratio-estimate.ts';
import { counted, digits, idsOf, percent, testedLayers, totalJumps, withoutChance } from '../wording.ts';

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
  evaluate: ({ fraction }, context) => {
    const { jumps, publishedRuleJumps, asPublishedJumps, analysis } = context;
    const late = (run: RunJumps): number => countJumps(run, (time) => time > fraction * run.length);
    const lateOf = (table: readonly RunJumps[]): string =>
      `${table.reduce((sum, run) => sum + late(run), 0).toLocaleString('en')} of ${counted(totalJumps(table), 'jump')}`;
    const watched = jumps.map(
      (run) => (run.layers.length * Math.max(0, run.to - fraction * run.length)) / 1000,
    );
    const estimate = estimateRatio(context, jumps.map(late), watched, { of: 'rate' });
    const statistic = `Jumps (${analysis.detector}, ${analysis.seriesId}) per layer and 1,000 steps after ${percent(fraction)} of training`;
    const notes = [
      testedLayers(context),
      `Later than ${percent(fraction)} of training lie ${lateOf(jumps)}; by the published rule (z > 2) on the same series and true steps ${lateOf(publishedRuleJumps)}.`,
      ...(asPublishedJumps === null ? [] : [axisEnd(asPublishedJumps, fraction)]),
    ];
    const evidence = jumpTimesEvidence(context, fraction);
    if (!estimate.determined) {
      return {
        testable: false,
        statistic,
        reason: estimate.reason,
        needed: 'more runs with testable series',
        runs: [],
        notes,
        evidence,
      };
    }
    const lengths = estimate.bearing.map((i) => jumps[i].to - jumps[i].from);
    const invented = (1000 * analysis.alpha * lengths.length) / lengths.reduce((a, b) => a + b, 0);
    return {
      testable: true,
      statistic,
      effect: {
        value: estimate.value,
        interval: estimate.interval,
        unit: 'jumps per layer and 1,000 steps',
      },
      claimed: { low: 0, high: invented },
      null: {
        model: `no jump: the detector's nominal false alarms, ${digits(invented)} per layer and 1,000 steps`,
        pValue: bootstrapPValue(estimate.replicates, invented),
      },
      asserts: 'absence',
      runs: idsOf(context, estimate.bearing),
      notes: [...notes, ...withoutChance(context, estimate.bearing, estimate.statistic, digits)],
      evidence,
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
