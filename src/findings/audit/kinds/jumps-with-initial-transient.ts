import type { Run } from '../../../measurements/types.ts';
import { median } from '../../../numerics/quantile.ts';
import { runningMedian } from '../../../numerics/running-median.ts';
import { brief } from '../../../wording/sentences.ts';
import { claimKind, partOfTraining } from '../claim-kind.ts';
import {
  bootstrapPValue,
  clusterBootstrap,
  FEWEST_CLUSTERS,
  percentileInterval,
} from '../cluster-bootstrap.ts';
import { countJumps, type RunJumps } from '../jump-table.ts';
import { clustersAmong, tooFew, weightsOf } from '../ratio-estimate.ts';
import { timeShiftPValue } from '../time-shifts.ts';
import { idsOf, testedLayers, withoutChance } from '../wording.ts';

/** Measurements per running median of the loss. */
const SMOOTHING = 9;

/**
 * Jumps belong to the initial transient: early jumps are the network leaving its initialization.
 *
 * What the logs can show is a necessary consequence: jumps are more frequent, per layer and step, before the smoothed loss
 * has made the part `transient` of its total fall than after. Null model: jumps of a run shifted circularly in time. That
 * the weights leave their initialization *then* takes the weights.
 */
export const jumpsWithInitialTransient = claimKind({
  kind: 'jumps-with-initial-transient',
  parameters: { transient: partOfTraining.default(0.9) },
  checks: ['index-as-step', 'constant-metric', 'events-within-noise', 'runs-at-chance'],
  assess: ({ transient }, context) => {
    const { runs, jumps, ownRuleJumps, analysis, clusters, rng, resamples, alpha } = context;
    const ends = runs.map((run) => transientEnd(run, transient));
    const part = `${Math.round(100 * transient)} % of its fall`;
    const statistic = `Jumps (${analysis.detector}, ${analysis.seriesId}) per layer and step before the loss has made ${part}, over the rate after it`;
    const needed =
      'checkpoints from step 0 on: the distance of the weights from their initialization, step by step, at jumps and away from them; and runs started from other initializations';
    const bearing = runs.flatMap((_, i) => (ends[i] !== null && jumps[i].layers.length > 0 ? [i] : []));
    const ratio = (table: readonly RunJumps[]) => {
      const before = table.map((run, i) => countJumps(run, (time) => time <= (ends[i] ?? 0)));
      const all = table.map((run) => countJumps(run));
      const inside = table.map(({ layers, from }, i) => layers.length * ((ends[i] ?? from) - from));
      const outside = table.map(({ layers, to }, i) => layers.length * (to - (ends[i] ?? to)));
      return (weights: Float64Array): number => {
        let [a, b, ea, eb] = [0, 0, 0, 0];
        for (let i = 0; i < weights.length; i++) {
          if (weights[i] === 0 || ends[i] === null) continue;
          a += weights[i] * before[i];
          b += weights[i] * (all[i] - before[i]);
          ea += weights[i] * inside[i];
          eb += weights[i] * outside[i];
        }
        return a / ea / (b / eb);
      };
    };
    const groups = clustersAmong(clusters, bearing);
    const ones = weightsOf(bearing, runs.length);
    const own = ratio(jumps);
    const notes = [
      testedLayers(context),
      ...(bearing.length === 0
        ? []
        : [
            `The median run reaches ${part} at step ${median(bearing.map((i) => ends[i] as number)).toLocaleString('en')}${ownRuleJumps === null ? '' : `; by the claim's own rule the ratio is ${brief(ratio(ownRuleJumps)(ones))}, but that rule also marks any steep trend`}.`,
          ]),
    ];
    const value = own(ones);
    const replicates =
      groups.length < FEWEST_CLUSTERS || Number.isNaN(value)
        ? new Float64Array(0)
        : clusterBootstrap(own, [groups], runs.length, rng.fork('bootstrap'), resamples);
    if (replicates.length === 0) {
      return {
        testable: false,
        statistic,
        claimed: { low: 1, high: Number.POSITIVE_INFINITY },
        reason: groups.length < FEWEST_CLUSTERS ? tooFew(groups.length) : 'no jump was found',
        needed,
        runs: idsOf(context, bearing),
        notes,
      };
    }
    return {
      testable: true,
      statistic,
      effect: { value, interval: percentileInterval(replicates, alpha), unit: 'ratio of rates' },
      claimed: { low: 1, high: Number.POSITIVE_INFINITY },
      null: {
        model: 'jumps of each run shifted circularly in time, all layers together',
        pValue: Math.max(
          bootstrapPValue(replicates, 1),
          timeShiftPValue(
            context,
            (time, run) => time <= (ends[jumps.indexOf(run)] ?? Number.NEGATIVE_INFINITY),
          ),
        ),
        expected: 1,
      },
      asserts: 'difference',
      wouldProve: needed,
      runs: idsOf(context, bearing),
      notes: [...notes, ...withoutChance(context, bearing, own, brief)],
    };
  },
});

/** The first measured step at which the smoothed loss has made this part of its total fall; null where it does not fall. */
function transientEnd({ steps, loss }: Run, part: number): number | null {
  if (loss.length < 2 * SMOOTHING || !loss.every(Number.isFinite)) return null;
  const smoothed = runningMedian(loss, SMOOTHING);
  const [start, end] = [loss[0], smoothed[smoothed.length - 1]];
  if (!(end < start)) return null;
  return steps[smoothed.findIndex((value) => value <= start - part * (start - end))];
}
