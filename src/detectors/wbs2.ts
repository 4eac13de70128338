import { InputError } from '../errors/input-error.ts';
import { bestSplit, type Split } from './segmentation/best-split.ts';
import { type SegmentationOptions, segmentationDetector } from './segmentation/segmentation-detector.ts';

export interface Wbs2Options extends SegmentationOptions {
  /** Intervals looked at in each part of the series, about. Default 100. */
  readonly intervals?: number;
}

/** Fryzlewicz's constant 1.3 on the threshold, squared: the largest of many intervals' best cuts is larger by chance. */
const STRICTNESS = 1.3 ** 2;

/**
 * Wild binary segmentation 2 (Fryzlewicz 2020): each part of the series is cut at the best cut of any of its
 * `intervals`, which are laid out anew in every part, so that short excursions between equal levels are seen too. The
 * intervals are all those between points of an even grid: no random draws. Cuts count while they save more than the
 * penalty (his threshold rule, not the steepest drop). Models as for `pelt`.
 *
 * @throws InputError where an option is out of range.
 * @example
 * wbs2({ steps, values }, { intervals: 400 });
 */
export const wbs2 = segmentationDetector<Wbs2Options>(
  (cost, { penalty, minSize }, { intervals = 100 }) => {
    if (!(Number.isInteger(intervals) && intervals >= 1 && intervals <= 100_000))
      throw new InputError({ field: 'intervals', value: intervals, allowed: 'a whole number, 1 to 100000' });
    const boundaries: number[] = [];
    const parts: [number, number][] = [[0, cost.length]];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const [start, end] = part;
      let best: Split | null = null;
      for (const [from, to] of intervalGrid(start, end, intervals)) {
        const split = bestSplit(cost, from, to, minSize);
        if (split !== null && (best === null || split.gain > best.gain)) best = split;
      }
      if (best === null || !(best.gain > penalty)) continue;
      boundaries.push(best.at);
      parts.push([start, best.at], [best.at, end]);
    }
    return boundaries.sort((a, b) => a - b);
  },
  { strictness: STRICTNESS },
);

/** All intervals between points of the evenest grid on start … end that gives at most `count`, and at least one. */
export function intervalGrid(start: number, end: number, count: number): [number, number][] {
  const points = Math.min(end - start, Math.max(1, Math.floor((Math.sqrt(1 + 8 * count) - 1) / 2)));
  const at = (k: number) => start + Math.round((k * (end - start)) / points);
  const grid: [number, number][] = [];
  for (let i = 0; i < points; i++) for (let j = i + 1; j <= points; j++) grid.push([at(i), at(j)]);
  return grid;
}
