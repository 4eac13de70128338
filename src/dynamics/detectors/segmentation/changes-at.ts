import type { Change, Series } from '../../types.ts';
import type { NoiseScale } from './noise-scale.ts';
import { fitSegment, type SegmentFit } from './segment-fit.ts';
import type { SegmentModel } from './segment-model.ts';

type Difference = Pick<Change, 'kind' | 'effect'> & {
  /** Signed. */
  readonly size: number;
};

/**
 * Describes the change at every boundary from the segments on either side.
 *
 * @param boundaries first indices of all segments but the first, ascending.
 */
export function changesAt(
  { steps, values }: Series,
  boundaries: readonly number[],
  model: SegmentModel,
  noise: NoiseScale,
): Change[] {
  const edges = [0, ...boundaries, values.length];
  const fits = edges.slice(1).map((end, i) => fitSegment(values, edges[i], end));
  const distance = (steps[steps.length - 1] - steps[0]) / (steps.length - 1);
  return boundaries.map((index, i): Change => {
    const { kind, size, effect } = differenceOf(fits[i], fits[i + 1], model, noise, index);
    return {
      index,
      step: steps[index],
      interval: [steps[index], steps[index]],
      kind,
      direction: size > 0 ? 'increase' : 'decrease',
      effect,
      magnitude: Math.abs(size) / (kind === 'slope' ? distance : 1),
      pValue: null,
    };
  });
}

function differenceOf(
  left: SegmentFit,
  right: SegmentFit,
  model: SegmentModel,
  { localSd, floor }: NoiseScale,
  index: number,
): Difference {
  const sd = localSd[index];
  if (model === 'trend') return trendDifference(left, right, sd);
  const size = right.mean - left.mean;
  if (model === 'mean') return { kind: 'level', size, effect: Math.abs(size) / sd };
  return momentDifference(left, right, floor);
}

/**
 * Jump and bend of two lines where they meet: whichever stands further above its standard error. Both errors are those
 * of independent noise: a jump's variance is about 4σ²/m a side, a bend's 12σ²/m³.
 */
function trendDifference(left: SegmentFit, right: SegmentFit, sd: number): Difference {
  const jump = right.mean - (right.slope * right.size) / 2 - (left.mean + (left.slope * left.size) / 2);
  const bend = right.slope - left.slope;
  const jumpVariance = 4 / left.size + 4 / right.size;
  const bendVariance = 12 / left.size ** 3 + 12 / right.size ** 3;
  return jump ** 2 / jumpVariance >= bend ** 2 / bendVariance
    ? { kind: 'level', size: jump, effect: Math.abs(jump) / sd }
    : { kind: 'slope', size: bend, effect: Math.abs(bend) / sd };
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
