import type { Cost } from '../costs/types.ts';
import { STEP_TOLERANCE } from '../place-tolerance.ts';
import { typicalGap } from '../spacing.ts';
import type { Change, Series } from '../types.ts';
import type { NoiseScale } from './noise-scale.ts';
import { fitSegment, jumpIsLarger, meetingOf, middleBefore, type SegmentFit } from './segment-fit.ts';
import type { SegmentModel } from './segment-model.ts';

/** A series that was cut, and how. */
export interface Segmented {
  readonly series: Series;
  /** First indices of all segments but the first, ascending. */
  readonly boundaries: readonly number[];
  readonly model: SegmentModel;
  readonly noise: NoiseScale;
  /** What was cut by. */
  readonly cost: Cost;
  readonly minSize: number;
  /** Where the measurements lie on the axis of the lines (`unevenPositions`); of use to the model 'trend' only. */
  readonly positions: Float64Array | undefined;
}

/** Describes the change at every boundary from the segments on either side. */
export function changesAt(segmented: Segmented): Change[] {
  const { series, boundaries } = segmented;
  const { steps, values } = series;
  const edges = [0, ...boundaries, values.length];
  return boundaries.map((index, i): Change => {
    const { kind, size, effect } = differenceAt(segmented, edges[i], index, edges[i + 2]);
    return {
      index,
      step: steps[index],
      interval: placeInterval(segmented, edges[i], index, edges[i + 2]),
      kind,
      direction: size > 0 ? 'increase' : 'decrease',
      effect,
      magnitude: Math.abs(size) / (kind === 'slope' ? typicalGap(steps) : 1),
      pValue: null,
    };
  });
}

type Difference = Pick<Change, 'kind' | 'effect'> & {
  /** Signed. */
  readonly size: number;
};

function differenceAt(
  { series: { values }, model, noise, positions }: Segmented,
  start: number,
  index: number,
  end: number,
): Difference {
  const sd = noise.localSd[index];
  const trend = model === 'trend';
  const left = fitSegment(values, start, index, trend ? positions : undefined);
  const right = fitSegment(values, index, end, trend ? positions : undefined);
  if (trend) {
    const meeting = meetingOf(left, right, middleBefore(index, positions));
    return jumpIsLarger(meeting)
      ? { kind: 'level', size: meeting.jump, effect: Math.abs(meeting.jump) / sd }
      : { kind: 'slope', size: meeting.bend, effect: Math.abs(meeting.bend) / sd };
  }
  const size = right.mean - left.mean;
  if (model === 'mean') return { kind: 'level', size, effect: Math.abs(size) / sd };
  return momentDifference(left, right, noise.floor);
}

/**
 * The steps between which the likelihood leaves a cut between its neighbors open, at about 95 %. Dependent noise counts
 * for fewer measurements.
 */
function placeInterval(
  { series: { steps }, cost, noise, minSize }: Segmented,
  start: number,
  index: number,
  end: number,
): readonly [number, number] {
  const errorAt = (cut: number): number => cost.error(start, cut) + cost.error(cut, end);
  const most = errorAt(index) + STEP_TOLERANCE * noise.inflation;
  let [first, last] = [index, index];
  for (let cut = start + minSize; cut <= end - minSize; cut++) {
    if (errorAt(cut) > most) continue;
    first = Math.min(first, cut);
    last = Math.max(last, cut);
  }
  return [steps[first - 1], steps[last]];
}

/** The log-likelihood gained by two segments splits into what two means gain and what two variances gain beside them. */
function momentDifference(left: SegmentFit, right: SegmentFit, floor: number): Difference {
  const size = left.size + right.size;
  const level = right.mean - left.mean;
  const variance = (deviations: number, m: number) => Math.max(deviations / m, floor ** 2);
  const within = variance(left.deviations + right.deviations, size);
  const [leftVariance, rightVariance] = [left, right].map((fit) => variance(fit.deviations, fit.size));
  const byMeans = size * Math.log1p((left.size * right.size * (level / size) ** 2) / (size * within));
  const byVariances =
    size * Math.log(within) - left.size * Math.log(leftVariance) - right.size * Math.log(rightVariance);
  const spread = Math.sqrt(rightVariance) - Math.sqrt(leftVariance);
  return byMeans >= byVariances
    ? { kind: 'level', size: level, effect: Math.abs(level) / Math.sqrt(within) }
    : { kind: 'variance', size: spread, effect: Math.abs(spread) / Math.sqrt(within) };
}
