import { InputError } from '../../errors/input-error.ts';
import type { Run } from '../../measurements/types.ts';
import { reasonNotComparable } from './comparable-runs.ts';
import { againstControls, againstPast } from './compared.ts';
import type { JointStatistic } from './joint-statistics.ts';
import { moversAt } from './movers.ts';
import { findPeaks } from './peaks.ts';
import { type ToldPeak, toldFromRecoveries } from './recoveries.ts';
import { type RunSeries, runSeries } from './run-series.ts';
import { chanceOf, criticalStrength, ratioOf } from './strength.ts';
import type { RunChange, RunChanges, RunChangesOptions } from './types.ts';

/** Measurements without which no contrast has a reference: the first is left out, eight are compared, and one each stands before and after. */
const FEWEST = 12;

/**
 * The training steps at which a run as a whole changed: one joint test over all its layers, their dimensionality, size and velocity, and the
 * loss.
 *
 * At each measurement the next few are compared with the last few, in every series, in units of how much the run did so before (or, with
 * `against`, of how much control runs do so at that step); the root mean square over series tells where the run departs from
 * itself. The method and its error rates are in docs/run-changes.md.
 *
 * @throws InputError for an alpha that is not above 0 and below 1.
 * @example
 * const result = changesOfRun(run);
 * if (result.testable) for (const { step, interval, moved } of result.changes) console.log(step, interval, moved[0].name);
 */
export function changesOfRun(run: Run, options: RunChangesOptions = {}): RunChanges {
  return changesOfRuns([run], options);
}

/**
 * The training steps at which several runs changed that differ in their seed alone: what happens in all of them adds up, and the
 * wander of each does not.
 *
 * @param runs with the same steps; those with others than the first are left out.
 * @throws InputError without a run, or for an alpha out of range.
 * @example
 * const together = changesOfRuns(runs.filter(({ dataset }) => dataset === 'drawn_digits'), { against: controls });
 */
export function changesOfRuns(
  runs: readonly Run[],
  { alpha = 0.05, against }: RunChangesOptions = {},
): RunChanges {
  if (!(alpha > 0 && alpha < 1)) {
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number above 0 and below 1' });
  }
  if (runs.length === 0) throw new InputError({ field: 'runs', value: 0, allowed: 'at least one run' });
  const { steps } = runs[0];
  const n = steps.length;
  if (n < FEWEST) return { testable: false, reason: `${n} measurements; at least ${FEWEST} are needed` };
  const [used, controls] = [runs, against ?? []].map((all) =>
    all.filter((run) => reasonNotComparable(runs[0], run) === null),
  );
  if (against !== undefined && controls.length < 2) {
    const have = controls.length === 1 ? 'control run has' : 'control runs have';
    const reason = `${controls.length} ${have} the network, the data and the steps of ${runs[0].id}; at least 2 are needed`;
    return { testable: false, reason };
  }

  const all = used.map(runSeries);
  const compared = controls.length === 0 ? againstPast(steps, all) : againstControls(steps, all, controls);
  const { statistics, statisticsFrom } = compared;
  const strengths = strongest(statistics, n);
  const tested: number[] = [];
  for (let t = 0; t < n; t++) if (!Number.isNaN(strengths[t])) tested.push(t);
  if (tested.length === 0) return { testable: false, reason: reasonAgainst(all) };

  const critical = criticalStrength(n, alpha);
  const peaks = toldFromRecoveries(findPeaks(statistics, critical), critical, {
    statisticsFrom,
  });
  return {
    testable: true,
    alpha,
    changes: peaks.map((peak) => described(peak, { steps, statistics, critical })),
    pValue: chanceOf(Math.max(...tested.map((t) => strengths[t])), n),
    tested: [steps[tested[0]], steps[tested[tested.length - 1] + 1]],
    runs: used.length,
    controls: controls.length,
    leftOut: [
      ...[...runs, ...(against ?? [])].flatMap((run) => {
        const reason = reasonNotComparable(runs[0], run);
        return reason === null ? [] : [{ run: run.id, name: 'run', layer: null, reason }];
      }),
      ...all.flatMap((one, i) => one.leftOut.map((entry) => ({ run: used[i].id, ...entry }))),
    ],
  };
}

/** The largest strength over all channels at each place; NaN where no channel can say anything. */
function strongest(statistics: readonly JointStatistic[], n: number): Float64Array {
  const strengths = new Float64Array(n).fill(Number.NaN);
  for (const statistic of statistics) {
    for (let t = 0; t < n; t++) {
      if (!(statistic.sizes[t] > 0)) continue;
      const ratio = ratioOf(statistic, t);
      if (!(strengths[t] >= ratio)) strengths[t] = ratio;
    }
  }
  return strengths;
}

function reasonAgainst(all: readonly RunSeries[]): string {
  if (all.every(({ series }) => series.length === 0)) {
    return 'no series of the run has values above 0 that change';
  }
  return 'too few measurements in a row at similar intervals';
}

function described(
  { peak, after }: ToldPeak,
  {
    steps,
    statistics,
    critical,
  }: { steps: Float64Array; statistics: readonly JointStatistic[]; critical: number },
): RunChange {
  const { place, interval, strength, statistic } = peak;
  return {
    index: place + 1,
    step: steps[place + 1],
    interval: [steps[interval[0]], steps[interval[1]]],
    kind: after === null ? 'change' : 'recovery',
    after: after === null ? null : steps[after.place + 1],
    strength: strength / critical,
    pValue: chanceOf(strength, steps.length),
    quantity: statistic.channel.quantity,
    width: statistic.channel.width,
    moved: moversAt(statistics, place, critical),
  };
}
