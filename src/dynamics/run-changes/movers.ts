import { median } from '../../numerics/quantile.ts';
import type { JointStatistic } from './joint-statistics.ts';
import type { LogSeries, Quantity } from './run-series.ts';
import { levelAt } from './strength.ts';

/** A series that moved where the run changed. */
export interface Mover {
  readonly quantity: Quantity;
  /** `participation_ratio`, `stable_rank`, `spectral_norm`, `singular_value_velocity`, `pace` or `loss`. */
  readonly name: string;
  /** null for pace and loss. */
  readonly layer: string | null;
  /** Medians of the measurements just before and just after; null where none has a value. */
  readonly before: number | null;
  readonly after: number | null;
  /** Measurements on either side that are compared. */
  readonly width: number;
  /** The step in standard deviations of earlier ones; below 0 for a fall. */
  readonly score: number;
  /** The same as a multiple of the level that the joint statistic seldom reaches where nothing changes. */
  readonly strength: number;
}

/**
 * The series that carry a change at a place: those that stand out by more than `critical` by themselves, the strongest first. Where only
 * all together do, the strongest one.
 */
export function moversAt(statistics: readonly JointStatistic[], place: number, critical: number): Mover[] {
  const bySeries = new Map<LogSeries, Mover>();
  for (const statistic of statistics) {
    const { channel, sizes, parts } = statistic;
    if (sizes[place] === 0) continue;
    const level = levelAt(statistic, place);
    for (const { series, scores } of parts) {
      const score = scores[place];
      const strength = Math.abs(score) / level;
      // A score that is NaN is no larger than anything.
      if (!(strength > (bySeries.get(series)?.strength ?? 0))) continue;
      bySeries.set(series, { ...described(series, place, channel.width), score, strength });
    }
  }
  const movers = [...bySeries.values()].sort((a, b) => b.strength - a.strength);
  const carrying = movers.filter(({ strength }) => strength > critical);
  return carrying.length > 0 ? carrying : movers.slice(0, 1);
}

function described({ quantity, name, layer, values }: LogSeries, place: number, width: number) {
  const typical = (from: number, end: number): number | null => {
    const known = values.slice(Math.max(0, from), end).filter((value) => !Number.isNaN(value));
    return known.length === 0 ? null : Math.exp(median(known));
  };
  return {
    quantity,
    name,
    layer,
    before: typical(place + 1 - width, place + 1),
    after: typical(place + 1, place + 1 + width),
    width,
  };
}
