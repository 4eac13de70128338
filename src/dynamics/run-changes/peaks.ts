import type { JointStatistic } from './joint-statistics.ts';
import { ratioOf } from './strength.ts';

/** A place at which the run stands out. */
export interface Peak {
  /** Last measurement before. */
  readonly place: number;
  /** First and last measurement between which the change lies. */
  readonly interval: readonly [number, number];
  /** Multiple of the level of its channel. */
  readonly strength: number;
  /** The joint statistic that stands out most. */
  readonly statistic: JointStatistic;
}

/** Statistics of this share of the largest speak of the same event, and as clearly. */
const NEAR = 0.7;

/** The places at which a run stands out by more than `critical`, in order; no two are nearer than the widest window. */
export function findPeaks(statistics: readonly JointStatistic[], critical: number): Peak[] {
  if (statistics.length === 0) return [];
  const apart = Math.max(...statistics.map(({ channel }) => channel.width));
  const summits = statistics.flatMap((statistic) => summitsOf(statistic, critical));
  const peaks: Peak[] = [];
  for (let left = summits; left.length > 0; ) {
    const strongest = left.reduce((best, one) => (one.strength > best.strength ? one : best));
    const near = left.filter(({ place }) => Math.abs(place - strongest.place) <= apart);
    const { place, interval } = onset(near);
    peaks.push({ place, interval, strength: strongest.strength, statistic: strongest.statistic });
    const [first, last] = [
      Math.min(place, strongest.place) - apart,
      Math.max(place, strongest.place) + apart,
    ];
    left = left.filter((one) => one.place < first || one.place > last);
  }
  return peaks.sort((a, b) => a.place - b.place);
}

/** A place where one channel stands out more than anywhere within its window. */
interface Summit {
  readonly statistic: JointStatistic;
  readonly place: number;
  readonly strength: number;
  readonly interval: readonly [number, number];
}

function summitsOf(statistic: JointStatistic, critical: number): Summit[] {
  const { width } = statistic.channel;
  const n = statistic.values.length;
  const ratios = new Float64Array(n);
  for (let t = 0; t < n; t++) ratios[t] = ratioOf(statistic, t);
  const summits: Summit[] = [];
  for (let place = 0; place < n; place++) {
    const strength = ratios[place];
    if (!(strength > critical) || !isHighest(ratios, place, width)) continue;
    // What begins at a measurement often takes some more to show, and never fewer: it lies in the window before the summit, or after it
    // for as long as the statistic is nearly as large.
    let last = place;
    while (last < Math.min(place + width, n - 2) && ratios[last + 1] >= NEAR * strength) last++;
    summits.push({ statistic, place, strength, interval: [Math.max(0, place - width), last + 1] });
  }
  return summits;
}

/** Whether no value within `width` is larger, nor an earlier one as large. */
function isHighest(ratios: Float64Array, place: number, width: number): boolean {
  for (let t = Math.max(0, place - width); t <= Math.min(ratios.length - 1, place + width); t++) {
    if (ratios[t] > ratios[place] || (t < place && ratios[t] === ratios[place])) return false;
  }
  return true;
}

/**
 * The summit that tells best where an event began. The earliest says by when, since the first stage of an event of several is seldom its largest, and
 * what begins slowly shows in wide windows first; of those within its interval the narrowest says most closely where. Its interval
 * holds both.
 */
function onset(summits: readonly Summit[]): Summit {
  const own = summits.filter((one) => !summits.some((other) => looksAheadTo(one, other)));
  const earliest = own.reduce((first, one) => (one.place < first.place ? one : first));
  const closest = narrowest(own.filter(({ place }) => place <= earliest.interval[1]));
  const [first, last] = closest.interval;
  return { ...closest, interval: [Math.min(first, earliest.place), last] };
}

/** Whether a summit stands where it does because its window already holds what a narrower one shows more clearly. */
function looksAheadTo(wide: Summit, narrow: Summit): boolean {
  const { width } = wide.statistic.channel;
  return (
    narrow.statistic.channel.width < width &&
    narrow.strength > wide.strength &&
    narrow.place > wide.place &&
    narrow.place <= wide.place + width
  );
}

function narrowest(summits: readonly Summit[]): Summit {
  return summits.reduce((best, one) => {
    const difference = one.statistic.channel.width - best.statistic.channel.width;
    return difference < 0 || (difference === 0 && one.strength > best.strength) ? one : best;
  });
}
