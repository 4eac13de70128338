import { InputError } from '../../errors/input-error.ts';
import { studentTCdf, studentTQuantile } from '../../numerics/student-t.ts';
import { prefixSums } from '../costs/prefix-sums.ts';
import type { Change, Detection, Detector, DetectorOptions } from '../types.ts';
import { meetingPoints, type TripletShape, tripletShapes } from './lbd/triplets.ts';
import { noiseScale } from './segmentation/noise-scale.ts';
import { fitSegment } from './segmentation/segment-fit.ts';
import { obstacle } from './testability.ts';

/** A stretch of the series that contains a change: measurements start … end − 1. */
interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly t: number;
  readonly pValue: number;
}

const FEWEST_POINTS = 10;
/** Above it a step cannot be told from a wandering level. */
const LARGEST_PHI = 0.85;

/**
 * Lean Bonferroni change-point detection (Jang & Walther, arXiv 2410.14866): two neighboring stretches' means are
 * compared by Student's t wherever a sparse multiscale grid puts them, each test at its share of `alpha`. Reported are
 * the shortest significant stretches that do not overlap, and in each the place that splits it best.
 *
 * Exact in finite samples where the noise is independent, normal and of one variance within each stretch without a
 * change: with probability at least 1 − `alpha` every `interval` contains a change of level, so that there are at least
 * as many changes as are reported. Dependence or a trend voids this: it is a reference, not a judge of training curves.
 *
 * Knows the measurements' order only, not their steps. Linear in time.
 *
 * @param options.alpha above 0 and below 1, default 0.05.
 * @throws InputError where `alpha` is out of range.
 * @example
 * const detection = lbd({ steps, values });
 * if (detection.testable) for (const { interval } of detection.changes) console.log(interval);
 */
export const lbd: Detector<DetectorOptions> = (series, { alpha = 0.05 } = {}): Detection => {
  if (!(alpha > 0 && alpha < 1))
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number above 0 and below 1' });
  const reason = obstacle(series, FEWEST_POINTS);
  if (reason !== null) return { testable: false, reason };
  const { steps, values } = series;
  const noise = noiseScale(values);
  if (!(Number.isFinite(noise.sd) && noise.sd > 0))
    return { testable: false, reason: 'the values range beyond what float64 arithmetic can carry' };
  if (noise.phi > LARGEST_PHI)
    return { testable: false, reason: 'a step cannot be told from a wandering level' };
  const center = values[values.length >> 1];
  const standardized = values.map((value) => (value - center) / noise.sd);
  const evidence = shortestEvidence(standardized, alpha, (noise.floor / noise.sd) ** 2);
  return {
    testable: true,
    changes: evidence.map(({ start, end, pValue }): Change => {
      const index = mostLikelyChange(values, start, end);
      const [left, right] = [fitSegment(values, start, index), fitSegment(values, index, end)];
      const size = right.mean - left.mean;
      const within = Math.sqrt((left.deviations + right.deviations) / (end - start - 2));
      return {
        index,
        step: steps[index],
        interval: [steps[start], steps[end - 1]],
        kind: 'level',
        direction: size > 0 ? 'increase' : 'decrease',
        effect: Math.abs(size) / Math.max(within, noise.floor),
        magnitude: Math.abs(size),
        pValue,
      };
    }),
  };
};

/** The shortest significant triplets, none overlapping a shorter one, nor a more significant one of its length. */
function shortestEvidence(values: Float64Array, alpha: number, smallestVariance: number): Evidence[] {
  const shapes = tripletShapes(values.length);
  const significantIn = tripletTester(values, alpha, smallestVariance);
  const accepted: Evidence[] = [];
  for (let i = 0; i < shapes.length; ) {
    const length = shapes[i].left + shapes[i].right;
    const candidates: Evidence[] = [];
    for (; i < shapes.length && shapes[i].left + shapes[i].right === length; i++)
      candidates.push(
        ...significantIn(shapes[i]).filter((candidate) => placeAmong(accepted, candidate) >= 0),
      );
    candidates.sort((a, b) => Math.abs(b.t) - Math.abs(a.t) || a.start - b.start);
    for (const candidate of candidates) {
      const place = placeAmong(accepted, candidate);
      if (place >= 0) accepted.splice(place, 0, candidate);
    }
  }
  return accepted;
}

/** Where the stretch belongs in a list that ascends without overlap, or −1 where it overlaps one of them. */
function placeAmong(accepted: readonly Evidence[], { start, end }: Evidence): number {
  let [low, high] = [0, accepted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (accepted[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  return low === accepted.length || accepted[low].start >= end ? low : -1;
}

function tripletTester(values: Float64Array, alpha: number, smallestVariance: number) {
  const n = values.length;
  const sums = prefixSums(n, (i) => values[i]);
  const squares = prefixSums(n, (i) => values[i] * values[i]);
  return (shape: TripletShape): Evidence[] => {
    const { left, right, spacing, share } = shape;
    const degreesOfFreedom = left + right - 2;
    const critical = -studentTQuantile((alpha * share) / 2, degreesOfFreedom);
    const count = meetingPoints(shape, n);
    const significant: Evidence[] = [];
    for (let k = 0; k < count; k++) {
      const start = k * spacing;
      const [meet, end] = [start + left, start + left + right];
      const [before, after] = [sums[meet] - sums[start], sums[end] - sums[meet]];
      const within = squares[end] - squares[start] - (before * before) / left - (after * after) / right;
      const variance = Math.max(within / degreesOfFreedom, smallestVariance);
      const t = (after / right - before / left) / Math.sqrt(variance * (1 / left + 1 / right));
      if (!(Math.abs(t) > critical)) continue;
      const pValue = (2 * studentTCdf(-Math.abs(t), degreesOfFreedom)) / share;
      significant.push({ start, end, t, pValue: Math.min(1, pValue) });
    }
    return significant;
  };
}

/** The split of start … end − 1 into two levels that leaves the least squared deviations. */
function mostLikelyChange(values: Float64Array, start: number, end: number): number {
  const stretch = values.slice(start, end).map((value) => value - values[start]);
  const sums = prefixSums(stretch.length, (i) => stretch[i]);
  const [m, total] = [stretch.length, sums[stretch.length]];
  let [best, most] = [1, -1];
  for (let cut = 1; cut < m; cut++) {
    const explained = (sums[cut] - (cut / m) * total) ** 2 / (cut * (m - cut));
    if (explained > most) {
      most = explained;
      best = cut;
    }
  }
  return start + best;
}
