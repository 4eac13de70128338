import type { JointStatistic, Part } from './joint-statistics.ts';
import { jointOf } from './joint-statistics.ts';

/**
 * One joint statistic for runs that differ in their seed alone: the scores of each series are added up over the runs and divided by the
 * root of their number. What happens in every run adds up, the wander of each does not.
 *
 * @param runs the statistics of each run, of the same channels; series are matched by layer and name.
 */
export function joinedSeeds(runs: readonly (readonly JointStatistic[])[]): JointStatistic[] {
  const [first, ...others] = runs;
  if (others.length === 0) return [...first];
  return first.flatMap((statistic) => {
    const same = runs.map((statistics) =>
      statistics.find(
        ({ channel }) =>
          channel.quantity === statistic.channel.quantity && channel.width === statistic.channel.width,
      ),
    );
    const parts = statistic.parts.flatMap((part) => {
      const matching = same.map((one) => one?.parts.find((other) => isSameSeries(part, other)));
      if (!matching.every((one) => one !== undefined)) return [];
      return [{ part, sizes: same.map((one) => one!.sizes), scores: matching.map(({ scores }) => scores) }];
    });
    if (parts.length === 0) return [];
    return [
      jointOf(
        statistic.channel,
        parts.map(({ part, scores, sizes }) => ({
          series: part.series,
          scores: part.scores.map(
            (_, t) => scores.reduce((sum, each) => sum + each[t], 0) / Math.sqrt(runs.length),
          ),
          sizes: sizes[0].map((_, t) => Math.min(...sizes.map((each) => each[t]))),
        })),
        statistic.allowance.map((_, t) => Math.max(...same.map((one) => one!.allowance[t]))),
      ),
    ];
  });
}

function isSameSeries({ series: a }: Part, { series: b }: Part): boolean {
  return a.layer === b.layer && a.name === b.name;
}
