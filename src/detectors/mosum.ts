import { InputError } from '../errors/input-error.ts';
import { trendCost } from './costs/trend-cost.ts';
import type { Cost } from './costs/types.ts';
import { chiProcessQuantile, chiProcessTail } from './mosum/chi-process-tail.ts';
import { waldStatistics } from './mosum/wald-statistics.ts';
import { inOwnUnit } from './own-unit.ts';
import { STEP_TOLERANCE } from './place-tolerance.ts';
import { type NoiseScale, noiseScale } from './segmentation/noise-scale.ts';
import {
  fitSegment,
  jumpIsLarger,
  type Meeting,
  meetingOf,
  middleBefore,
} from './segmentation/segment-fit.ts';
import { separatePeaks } from './segmentation/separate-peaks.ts';
import { typicalGap, unevenPositions } from './spacing.ts';
import { obstacle } from './testability.ts';
import type { Change, Detection, Detector, DetectorOptions } from './types.ts';
import { wanders } from './wandering.ts';

export interface MosumOptions extends DetectorOptions {
  /**
   * Measurements on either side of a candidate, one entry per scale, each 10 to half the series. Default 20, 40, 80, …
   * up to a quarter of the series, but none shorter than what dependent noise needs.
   */
  readonly bandwidths?: readonly number[];
}

/** A local maximum above the critical height. */
interface Candidate {
  readonly index: number;
  /** Indices of the measurements between which it lies. */
  readonly place: readonly [number, number];
  readonly meeting: Meeting;
  /** Standard deviation of the noise around it. */
  readonly sd: number;
  readonly pValue: number;
}

const FEWEST_POINTS = 80;
const SHORTEST_BANDWIDTH = 20;
/** A line fitted to fewer independent measurements' worth leaves too little to judge the noise by. */
const INDEPENDENT_MEASUREMENTS = 8;
/** A change found at a larger scale is new if no smaller one found it within this share of the bandwidth (θ). */
const NEW_BEYOND = 0.8;
/** Measurements that a line needs to say where it ends. */
const SHORTEST_LINE = 5;

/**
 * Steps and kinks of a piecewise straight series by moving sums (Kim, Oh & Cho, arXiv 2208.04900): at each position
 * lines are fitted on either side, and jump and bend held together against a Wald statistic's maximum over all
 * positions and bandwidths. The chance of any change in a straight series is at most about `alpha`, asymptotically,
 * under changing variance, weak dependence and tails that are not too heavy.
 *
 * The long-run variance varies along the series: squared deviations from both local lines, times (1 + φ)/(1 − φ) with φ
 * the noise's lag-1 coefficient. The maximum's distribution is the limiting process's own tail (`chiProcessTail`),
 * shared out evenly over the bandwidths; candidates are merged from the smallest bandwidth up, each moved within its
 * window to where two lines fit best.
 *
 * `pValue` is that of the smallest bandwidth that finds the change.
 *
 * A curved trend is no straight one: where it bends visibly within a bandwidth, kinks are marked. Within a bandwidth of
 * either end only large changes are seen. Lines are fitted over training steps, however they are spaced. About n·log n.
 *
 * @param options.alpha nominal chance of any false change, above 0 and below 1, default 0.05.
 * @throws InputError where an option is out of range.
 * @example
 * mosum({ steps, values }, { bandwidths: [30, 60] });
 */
export const mosum: Detector<MosumOptions> = inOwnUnit((series, options = {}): Detection => {
  const { alpha = 0.05, bandwidths } = options;
  if (!(alpha > 0 && alpha < 1))
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number above 0 and below 1' });
  const { steps, values } = series;
  const reason = obstacle(series, FEWEST_POINTS);
  if (reason !== null) return { testable: false, reason };
  const noise = noiseScale(values);
  const wandering = wanders(noise);
  if (wandering !== null) return { testable: false, reason: wandering };
  for (const bandwidth of bandwidths ?? []) requireBandwidth(bandwidth, values.length);
  const needed = INDEPENDENT_MEASUREMENTS * noise.inflation;
  const scales = (bandwidths ?? usualBandwidths(values.length))
    .filter((bandwidth) => bandwidth >= needed)
    .sort((a, b) => a - b);
  if (scales.length === 0)
    return {
      testable: false,
      reason: `noise this dependent needs bandwidths of at least ${Math.ceil(needed)} measurements`,
    };

  const positions = unevenPositions(steps);
  const found: Candidate[] = [];
  const search = searchOf(values, positions, noise);
  for (const bandwidth of scales) {
    for (const candidate of candidatesAt(search, bandwidth, alpha / scales.length))
      if (found.every(({ index }) => Math.abs(index - candidate.index) >= NEW_BEYOND * bandwidth))
        found.push({ ...candidate, pValue: Math.min(1, candidate.pValue * scales.length) });
  }
  found.sort((a, b) => a.index - b.index);
  const unit = typicalGap(steps);
  return {
    testable: true,
    changes: found.map(({ index, place, meeting, sd, pValue }): Change => {
      const level = jumpIsLarger(meeting);
      const size = level ? meeting.jump : meeting.bend;
      return {
        index,
        step: steps[index],
        interval: [steps[place[0]], steps[place[1]]],
        kind: level ? 'level' : 'slope',
        direction: size > 0 ? 'increase' : 'decrease',
        effect: Math.abs(size) / sd,
        magnitude: (Math.abs(size) * noise.sd) / (level ? 1 : unit),
        pValue,
      };
    }),
    tested: [steps[SHORTEST_LINE], steps[values.length - SHORTEST_LINE]],
  };
});

interface Search {
  /** The values in units of the noise's typical standard deviation. */
  readonly standardized: Float64Array;
  readonly positions: Float64Array | undefined;
  readonly cost: Cost;
  readonly noise: NoiseScale;
}

function searchOf(values: Float64Array, positions: Float64Array | undefined, noise: NoiseScale): Search {
  const center = values[values.length >> 1];
  const standardized = values.map((value) => (value - center) / noise.sd);
  return { standardized, positions, cost: trendCost(standardized, positions), noise };
}

/**
 * The changes found at one scale, the most significant first; sizes in units of the noise's typical standard deviation.
 * A step raises the statistic half a bandwidth away almost as much as where it is, for there it looks like a kink: a
 * change is moved to where two lines fit best, if they fit better by more than chance would make them.
 */
function candidatesAt(
  { standardized, positions, cost, noise }: Search,
  bandwidth: number,
  alpha: number,
): Candidate[] {
  const { sd, floor, inflation, phi } = noise;
  const { first, gains, deviations } = waldStatistics(standardized, bandwidth, positions);
  const windows = (standardized.length - 2 * bandwidth) / bandwidth;
  // Dependent noise bends the lines after it: each takes as much from the deviations as 2·inflation measurements.
  const left = 2 * (bandwidth - 2 * inflation);
  const degreesOfFreedom = (left * (1 - phi * phi)) / (1 + phi * phi);
  const variances = deviations.map((square) => Math.max(square / left, (floor / sd) ** 2));
  // P(F(2, ν) > w/2) = (1 + w/ν)^(−ν/2): the height at which known noise would be as surprising.
  const heights = variances.map((variance, p) =>
    Math.sqrt(degreesOfFreedom * Math.log1p(gains[p] / (inflation * variance * degreesOfFreedom))),
  );
  const critical = chiProcessQuantile(alpha, windows);
  return separatePeaks(heights, critical, bandwidth)
    .sort((a, b) => heights[b] - heights[a])
    .map((peak) => {
      const [start, end] = [peak, peak + 2 * bandwidth];
      const deviationsAt = (cut: number): number => cost.error(start, cut) + cost.error(cut, end);
      const best = bestFit(deviationsAt, first + peak, start, end);
      const variance = leastVariance(deviationsAt(best), left, variances[peak]);
      const byChance = 2 * Math.log(2 * bandwidth) * inflation * variance;
      const index = deviationsAt(first + peak) - deviationsAt(best) > byChance ? best : first + peak;
      return {
        index,
        place: placeAround(deviationsAt, index, start, end, STEP_TOLERANCE * inflation * variance),
        meeting: meetingOf(
          fitSegment(standardized, start, index, positions),
          fitSegment(standardized, index, end, positions),
          middleBefore(index, positions),
        ),
        sd: Math.sqrt(variance),
        pValue: chiProcessTail(heights[peak], windows),
      };
    });
}

/** The noise's variance around the best two lines; those at the peak itself may miss a step by far. */
function leastVariance(deviations: number, left: number, atPeak: number): number {
  return Math.min(atPeak, Math.max(deviations / left, Number.MIN_VALUE));
}

/** Where in the window around a peak two lines fit best. */
function bestFit(deviationsAt: (cut: number) => number, peak: number, start: number, end: number): number {
  let best = peak;
  for (let cut = start + SHORTEST_LINE; cut <= end - SHORTEST_LINE; cut++)
    if (deviationsAt(cut) < deviationsAt(best)) best = cut;
  return best;
}

/** Indices of the measurements between which the fit leaves the place of the change open. */
function placeAround(
  deviationsAt: (cut: number) => number,
  index: number,
  start: number,
  end: number,
  tolerance: number,
): readonly [number, number] {
  const most = deviationsAt(index) + tolerance;
  let [first, last] = [index, index];
  for (let cut = start + SHORTEST_LINE; cut <= end - SHORTEST_LINE; cut++) {
    if (deviationsAt(cut) > most) continue;
    first = Math.min(first, cut);
    last = Math.max(last, cut);
  }
  return [first - 1, last];
}

function usualBandwidths(n: number): number[] {
  const bandwidths: number[] = [];
  for (let g = SHORTEST_BANDWIDTH; g <= n / 4; g *= 2) bandwidths.push(g);
  return bandwidths;
}

function requireBandwidth(bandwidth: number, n: number): void {
  if (!(Number.isInteger(bandwidth) && bandwidth >= 10 && bandwidth <= n / 2))
    throw new InputError({
      field: 'bandwidths',
      value: bandwidth,
      allowed: `whole numbers from 10 to half the series, ${Math.floor(n / 2)}`,
    });
}
