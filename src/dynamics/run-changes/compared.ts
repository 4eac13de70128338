import type { Run } from '../../measurements/types.ts';
import { Recent } from '../recent.ts';
import { channelsFor } from './channels.ts';
import { controlSpread } from './control-spread.ts';
import { calmness, largestStrength } from './control-strength.ts';
import { joinedSeeds } from './joined-seeds.ts';
import { type JointStatistic, jointStatistics, ownPast } from './joint-statistics.ts';
import { type RunSeries, runSeries } from './run-series.ts';
import type { Comparison } from './spread.ts';

/** What runs of one condition were compared with, and how much they stand out. */
export interface Compared {
  readonly statistics: readonly JointStatistic[];
  /** The same with a past that begins at a measurement. */
  readonly statisticsFrom: (from: number) => readonly JointStatistic[];
}

/** What runs did beside their own past: asked for of a run by itself, and again of its seeds together. */
const recent = new Recent<RunSeries, readonly JointStatistic[]>(1e6);
/** Numbers of a joint statistic for each of a series. */
const CHANNELS = 3;

/** Runs compared with their own past. */
export function againstPast(steps: Float64Array, runs: readonly RunSeries[]): Compared {
  const n = steps.length;
  const past = ownPast(steps);
  const statisticsOfRun = (run: RunSeries): readonly JointStatistic[] =>
    recent.of(run, CHANNELS * run.series.length * n, () => jointStatistics(run.series, channelsFor(n), past));
  return {
    statistics: joinedSeeds(runs.map(statisticsOfRun)),
    statisticsFrom: (from) => statisticsOf(runs, steps.length, ownPast(steps, from)),
  };
}

/**
 * Runs compared with their own past, of which controls say how much it takes to be remarkable; and where they have no past yet, with
 * the controls at the same step.
 *
 * @param controls at least two, with the steps of the runs.
 */
export function againstControls(
  steps: Float64Array,
  runs: readonly RunSeries[],
  controls: readonly Run[],
): Compared {
  const n = steps.length;
  const others = controls.map(runSeries);
  const past = againstPast(steps, runs);
  const calm = calmness(
    others.map((one) => largestStrength(againstPast(steps, [one]).statistics)),
    n,
  );
  const allowed = (statistics: readonly JointStatistic[]): JointStatistic[] =>
    statistics.map((one) => ({ ...one, allowance: one.allowance.map((share) => share * calm) }));
  const own = allowed(past.statistics);
  const early = statisticsOf(runs, n, controlSpread(steps, others)).map((one) => withoutPast(one, own));
  return {
    statistics: [...own, ...early],
    statisticsFrom: (from) => allowed(past.statisticsFrom(from)),
  };
}

/** A joint statistic where its channel has no past to be compared with. */
function withoutPast(statistic: JointStatistic, own: readonly JointStatistic[]): JointStatistic {
  const { quantity, width } = statistic.channel;
  const same = own.find(({ channel }) => channel.quantity === quantity && channel.width === width);
  if (same === undefined) return statistic;
  const firstOfPast = same.sizes.findIndex((size) => size > 0);
  const end = firstOfPast === -1 ? same.sizes.length : firstOfPast;
  return { ...statistic, sizes: statistic.sizes.map((size, t) => (t < end ? size : 0)) };
}

function statisticsOf(runs: readonly RunSeries[], n: number, comparison: Comparison): JointStatistic[] {
  return joinedSeeds(runs.map(({ series }) => jointStatistics(series, channelsFor(n), comparison)));
}
