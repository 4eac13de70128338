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
      return [{ series: part.series, scores: joinedScores(matching.map(({ scores }) => scores)) }];
    });
    if (parts.length === 0) return [];
    const all = same.map((one) => one!);
    const sizes = smallest(all.map((one) => one.sizes));
    return [
      jointOf(
        statistic.channel,
        parts.map((part) => ({ ...part, sizes })),
        largest(all.map(({ allowance }) => allowance)),
      ),
    ];
  });
}

function joinedScores(scores: readonly Float64Array[]): Float64Array {
  const root = Math.sqrt(scores.length);
  const joined = new Float64Array(scores[0].length);
  for (let t = 0; t < joined.length; t++) {
    let sum = 0;
    for (const own of scores) sum += own[t];
    joined[t] = sum / root;
  }
  return joined;
}

/** The smallest of each place. */
function smallest(sizes: readonly Int32Array[]): Int32Array {
  const least = sizes[0].slice();
  for (const own of sizes) for (let t = 0; t < least.length; t++) least[t] = Math.min(least[t], own[t]);
  return least;
}

/** The largest of each place. */
function largest(allowances: readonly Float64Array[]): Float64Array {
  const most = allowances[0].slice();
  for (const own of allowances) for (let t = 0; t < most.length; t++) most[t] = Math.max(most[t], own[t]);
  return most;
}

function isSameSeries({ series: a }: Part, { series: b }: Part): boolean {
  return a.layer === b.layer && a.name === b.name;
}
