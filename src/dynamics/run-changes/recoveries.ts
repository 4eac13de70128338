import type { JointStatistic } from './joint-statistics.ts';
import type { Peak } from './peaks.ts';
import { LENGTH } from './reference.ts';
import { ratioOf } from './strength.ts';

/** A place at which the run stands out, and the change that it only follows. */
export interface ToldPeak {
  readonly peak: Peak;
  /** null where it is a change of its own. */
  readonly after: Peak | null;
}

export interface RecoveryOptions {
  /** The joint statistics with a past that begins at a measurement. */
  readonly statisticsFrom: (from: number) => readonly JointStatistic[];
}

/**
 * Tells new changes from what follows a change: after one a run relaxes, and that stands out from what it did before as well. A later
 * peak is a new change only if it also stands out from what the run has been doing since the last one; where too little was
 * measured since then to say, it is not.
 *
 * @param peaks in order.
 */
export function toldFromRecoveries(
  peaks: readonly Peak[],
  critical: number,
  { statisticsFrom }: RecoveryOptions,
): ToldPeak[] {
  const told: ToldPeak[] = [];
  let last: { readonly change: Peak; readonly since: () => readonly JointStatistic[] } | null = null;
  for (const peak of peaks) {
    const { width } = peak.statistic.channel;
    const isOutOfReach = last === null || peak.place - last.change.place > LENGTH + 2 * width;
    if (isOutOfReach || strengthNear(last!.since(), peak) > critical) {
      told.push({ peak, after: null });
      last = { change: peak, since: once(() => statisticsFrom(peak.interval[1])) };
    } else {
      told.push({ peak, after: last!.change });
    }
  }
  return told;
}

/** The largest strength within a window of the peak. */
function strengthNear(statistics: readonly JointStatistic[], { place, statistic }: Peak): number {
  const { width } = statistic.channel;
  let largest = 0;
  for (const one of statistics) {
    for (let t = Math.max(0, place - width); t <= Math.min(one.values.length - 1, place + width); t++) {
      largest = Math.max(largest, ratioOf(one, t));
    }
  }
  return largest;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
