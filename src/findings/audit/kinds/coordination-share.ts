import { coordination } from '../../../dynamics/coordination.ts';
import { counted, percent } from '../../../wording/sentences.ts';
import type { AuditContext } from '../audit-context.ts';
import { claimKind, partOfTraining, shareParameter } from '../claim-kind.ts';
import { bootstrapPValue } from '../cluster-bootstrap.ts';
import { criticalIntervals } from '../critical-intervals.ts';
import type { Evidence } from '../evidence.ts';
import { estimateRatio } from '../ratio-estimate.ts';
import { idsOf, withoutChance } from '../wording.ts';

/**
 * In at least the share `claimed` of runs, layers change fast at the same time more than chance makes them.
 *
 * A run counts if its largest share of layers that are critical at once is reached by shifted layers with probability
 * alpha at most. A run whose layers are so few that even all of them meet by chance is not testable. Null model: each
 * layer's critical intervals shifted circularly in time; then alpha of the runs would count.
 *
 * `transient` is the part of training that all layers begin together: what is left without it is reported. `rule` is the
 * share of layers above which the published claim calls a run coordinated.
 */
export const coordinationShare = claimKind({
  kind: 'coordination-share',
  parameters: {
    claimed: shareParameter,
    transient: partOfTraining.default(0.1),
    rule: shareParameter.optional(),
  },
  checks: ['share-without-base-rate', 'constant-metric', 'events-within-noise', 'runs-at-chance'],
  assess: ({ claimed, transient, rule }, context) => {
    const { analysis, alpha, runs, rng } = context;
    const critical = runs.map((run) => criticalIntervals(run, analysis.seriesId));
    const found = critical.map((layers, i) =>
      coordination(layers, Math.max(0, runs[i].steps.length - 1), rng.fork(`run ${i}`), { alpha }),
    );
    const testable = found.map((run) => run.determined && run.threshold !== null);
    const beyond = found.map((run, i) =>
      testable[i] && run.determined && run.maximum.pValue <= alpha ? 1 : 0,
    );
    const estimate = estimateRatio(context, beyond, testable.map(Number));
    const statistic = `Share of runs whose largest share of layers critical at once (${analysis.seriesId}, fastest tenth of each layer's changes) is beyond circular shifts at ${percent(alpha)}`;
    const untestable = testable.filter((run) => !run).length;
    const notes = [
      ...(untestable === 0
        ? []
        : [`In ${counted(untestable, 'run')} there are so few layers that all of them meet by chance.`]),
      byStretches(context),
      afterTransient(context, critical, transient),
      ...(rule === undefined ? [] : [ruleByChance(context, critical, rule)]),
      'Each layer is measured on what the layers before it give out: that they change together need not mean more than that.',
    ];
    const evidence: Evidence = {
      kind: 'thresholds',
      title: 'Coordination of layers against shifted layers, run by run',
      caption: `Points: the largest share of a run's layers that are critical at once; bars: the least share that ${percent(alpha)} of random shifts reach anywhere in the run. Points right of their bar are beyond chance.`,
      axis: 'Largest share of layers critical at once',
      rows: found.flatMap((run, i) =>
        run.determined ? [{ label: runs[i].id, value: run.maximum.share, threshold: run.threshold }] : [],
      ),
    };
    const shown = evidence.rows.length === 0 ? {} : { evidence };
    if (!estimate.determined) {
      return {
        testable: false,
        statistic,
        claimed: { low: claimed, high: 1 },
        reason: estimate.reason,
        needed: 'more runs of networks with more measured layers',
        runs: [],
        notes: [],
        ...shown,
      };
    }
    return {
      testable: true,
      statistic,
      effect: { value: estimate.value, interval: estimate.interval, unit: 'share of runs' },
      claimed: { low: claimed, high: 1 },
      null: {
        model: 'each layer shifted circularly in time',
        pValue: bootstrapPValue(estimate.replicates, alpha),
        expected: alpha,
      },
      asserts: 'difference',
      runs: idsOf(context, estimate.bearing),
      notes: [...notes, ...withoutChance(context, estimate.bearing, estimate.statistic, percent)],
      ...shown,
    };
  },
});

/** What the analysis itself calls a critical period: jumps and fast rises and falls of several layers at once. */
function byStretches({ analysis: { runs, alpha } }: AuditContext): string {
  const found = runs.map(({ criticalPeriods }) => criticalPeriods.coordination);
  const together = found.filter((run) => run.determined && run.periods.length > 0).length;
  const testable = found.filter((run) => run.determined && run.threshold !== null).length;
  return `By stretches (layers in a jump or a surely faster rise or fall) layers are fast together beyond shifts at ${percent(alpha)} in ${together} of ${counted(testable, 'testable run')}.`;
}

/** All layers begin to learn at once; whether they go on together shows after that. */
function afterTransient(
  { runs, alpha, rng }: AuditContext,
  critical: readonly (readonly Uint32Array[])[],
  transient: number,
): string {
  let [testable, beyond] = [0, 0];
  critical.forEach((layers, i) => {
    const steps = runs[i].steps.subarray(1);
    const start = steps.findIndex((step) => step > transient * runs[i].plannedSteps);
    if (start < 0) return;
    const later = layers
      .map((intervals) => intervals.filter((at) => at >= start).map((at) => at - start))
      .filter(({ length }) => length > 0);
    const found = coordination(later, steps.length - start, rng.fork(`later ${i}`), { alpha });
    if (!found.determined || found.threshold === null) return;
    testable++;
    if (found.maximum.pValue <= alpha) beyond++;
  });
  return `Without the first ${percent(transient)} of training, in which all layers begin to change, it is ${beyond} of ${counted(testable, 'testable run')}.`;
}

/** How often a fixed rule calls shifted layers coordinated. */
function ruleByChance(
  { runs, rng }: AuditContext,
  critical: readonly (readonly Uint32Array[])[],
  rule: number,
): string {
  const nearlyAlways = critical.filter((layers, i) => {
    const shifted = coordination(layers, Math.max(0, runs[i].steps.length - 1), rng.fork(`rule ${i}`), {
      alpha: 0.95,
      shifts: 199,
    });
    // The least share that shifts reach in at most 95 % of draws: what is clearly below it they reach in more.
    return shifted.determined && (shifted.threshold ?? 1 + 1 / shifted.layers) - 1 / shifted.layers > rule;
  }).length;
  return `A fixed rule, more than ${percent(rule)} of layers at once, is met by shifted layers in over 95 % of draws in ${nearlyAlways} of ${counted(runs.length, 'run')}.`;
}
