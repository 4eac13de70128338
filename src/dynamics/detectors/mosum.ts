import { InputError } from '../../errors/input-error.ts';
import { trendCost } from '../costs/trend-cost.ts';
import type { Cost } from '../costs/types.ts';
import type { Change, Detection, Detector, DetectorOptions } from '../types.ts';
import { chiProcessQuantile, chiProcessTail } from './mosum/chi-process-tail.ts';
import { waldStatistics } from './mosum/wald-statistics.ts';
import { type NoiseScale, noiseScale } from './segmentation/noise-scale.ts';
import { separatePeaks } from './segmentation/separate-peaks.ts';
import { unevenSpacing } from './segmentation/uneven-spacing.ts';
import { obstacle } from './testability.ts';

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
  readonly jump: number;
  readonly bend: number;
  readonly jumpIsLarger: boolean;
  /** Standard deviation of the noise around it. */
  readonly sd: number;
  readonly pValue: number;
}

const FEWEST_POINTS = 80;
const SHORTEST_BANDWIDTH = 20;
/** Above it a step cannot be told from a wandering level. */
const LARGEST_PHI = 0.85;
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
 * A curved trend is no straight one: where it bends visibly within a bandwidth, kinks are marked. Nothing is seen
 * within a bandwidth of either end. Spacing must be even. About n·log n.
 *
 * @param options.alpha nominal chance of any false change, above 0 and below 1, default 0.05.
 * @throws InputError where an option is out of range.
 * @example
 * mosum({ steps, values }, { bandwidths: [30, 60] });
 */
export const mosum: Detector<MosumOptions> = (series, { alpha = 0.05, bandwidths } = {}): Detection => {
  if (!(alpha > 0 && alpha < 1))
    throw new InputError({ field: 'alpha', value: alpha, allowed: 'a number above 0 and below 1' });
  const { steps, values } = series;
  const reason = obstacle(series, FEWEST_POINTS) ?? unevenSpacing(steps);
  if (reason !== null) return { testable: false, reason };
  const noise = noiseScale(values);
  if (!(Number.isFinite(noise.sd) && noise.sd > 0))
    return { testable: false, reason: 'the values range beyond what float64 arithmetic can carry' };
  if (noise.phi > LARGEST_PHI)
    return { testable: false, reason: 'a step cannot be told from a wandering level' };
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

  const center = values[values.length >> 1];
  const standardized = values.map((value) => (value - center) / noise.sd);
  const cost = trendCost(standardized);
  const found: Candidate[] = [];
  for (const bandwidth of scales) {
    for (const candidate of candidatesAt(standardized, cost, bandwidth, alpha / scales.length, noise))
      if (found.every(({ index }) => Math.abs(index - candidate.index) >= NEW_BEYOND * bandwidth))
        found.push({ ...candidate, pValue: Math.min(1, candidate.pValue * scales.length) });
  }
  found.sort((a, b) => a.index - b.index);
  const distance = (steps[steps.length - 1] - steps[0]) / (steps.length - 1);
  return {
    testable: true,
    changes: found.map((candidate): Change => {
      const { index, jump, bend, jumpIsLarger, sd, pValue } = candidate;
      const size = jumpIsLarger ? jump : bend;
      return {
        index,
        step: steps[index],
        interval: [steps[index], steps[index]],
        kind: jumpIsLarger ? 'level' : 'slope',
        direction: size > 0 ? 'increase' : 'decrease',
        effect: Math.abs(size) / sd,
        magnitude: (Math.abs(size) * noise.sd) / (jumpIsLarger ? 1 : distance),
        pValue,
      };
    }),
  };
};

/**
 * The changes found at one scale, the most significant first; sizes in units of the noise's typical standard deviation.
 * A step raises the statistic half a bandwidth away almost as much as where it is, for there it looks like a kink: a
 * change is moved to where two lines fit best, if they fit better by more than chance would make them.
 */
function candidatesAt(
  standardized: Float64Array,
  cost: Cost,
  bandwidth: number,
  alpha: number,
  { sd, floor, inflation, phi }: NoiseScale,
): Candidate[] {
  const { first, jumps, bends, jumpVariance, bendVariance, deviations } = waldStatistics(
    standardized,
    bandwidth,
  );
  const windows = (standardized.length - 2 * bandwidth) / bandwidth;
  // Dependent noise bends the lines after it: each takes as much from the deviations as 2·inflation measurements.
  const left = 2 * (bandwidth - 2 * inflation);
  const degreesOfFreedom = (left * (1 - phi * phi)) / (1 + phi * phi);
  const variances = deviations.map((square) => Math.max(square / left, (floor / sd) ** 2));
  const heights = variances.map((variance, p) => {
    const wald = jumps[p] ** 2 / jumpVariance + bends[p] ** 2 / bendVariance;
    // P(F(2, ν) > w/2) = (1 + w/ν)^(−ν/2): the height at which known noise would be as surprising.
    return Math.sqrt(degreesOfFreedom * Math.log1p(wald / (inflation * variance * degreesOfFreedom)));
  });
  const critical = chiProcessQuantile(alpha, windows);
  const last = first + heights.length - 1;
  return separatePeaks(heights, critical, bandwidth)
    .sort((a, b) => heights[b] - heights[a])
    .map((peak) => {
      const best = bestFit(cost, first + peak, bandwidth, [first, last]);
      const byChance = 2 * Math.log(2 * bandwidth) * inflation * variances[best.index - first];
      const index = best.gain > byChance ? best.index : first + peak;
      const p = index - first;
      return {
        index,
        jump: jumps[p],
        bend: bends[p],
        jumpIsLarger: jumps[p] ** 2 / jumpVariance >= bends[p] ** 2 / bendVariance,
        sd: Math.sqrt(variances[p]),
        pValue: chiProcessTail(heights[peak], windows),
      };
    });
}

/** Where in the window around a peak two lines fit best, and how much better than at the peak. */
function bestFit(
  cost: Cost,
  peak: number,
  bandwidth: number,
  [first, last]: readonly [number, number],
): { readonly index: number; readonly gain: number } {
  const [start, end] = [peak - bandwidth, peak + bandwidth];
  const deviations = (cut: number) => cost.error(start, cut) + cost.error(cut, end);
  let index = peak;
  const [from, to] = [Math.max(first, start + SHORTEST_LINE), Math.min(last, end - SHORTEST_LINE)];
  for (let cut = from; cut <= to; cut++) if (deviations(cut) < deviations(index)) index = cut;
  return { index, gain: deviations(peak) - deviations(index) };
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
