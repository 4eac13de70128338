import { dot, orthonormalPolynomials, removeProjections } from '../../numerics/orthonormal-polynomials.ts';
import { studentTCdf, studentTQuantile } from '../../numerics/student-t.ts';
import { estimateNoise } from '../noise.ts';
import type { Change, Detection, Detector, DetectorOptions } from '../types.ts';
import { latticeOf } from './local-cubic/lattice.ts';
import { obstacle } from './testability.ts';

export interface MeanShiftOptions extends DetectorOptions {
  /** Measurements looked at on either side. Default 40, at most a quarter of the series. */
  readonly halfWindow?: number;
}

const FEWEST_POINTS = 40;
/** Above it a step cannot be told from a wandering level. */
const LARGEST_PHI = 0.85;
/** A step of fewer spacings of the rounding lattice may be rounding. */
const SMALLEST_SPACINGS = 4;

/**
 * A plain test for level shifts: at each measurement a step is fitted beside a straight line in the window around it,
 * on data whitened by one AR(1) coefficient, and its t-statistic held against a Bonferroni bound over all positions.
 * Sound for noise around a nearly straight trend; a curved trend with little noise can pass for a step.
 *
 * @example
 * meanShift({ steps, values }, { alpha: 0.01 });
 */
export const meanShift: Detector<MeanShiftOptions> = (
  series,
  { alpha = 0.05, halfWindow = 40 } = {},
): Detection => {
  const reason = obstacle(series, FEWEST_POINTS);
  if (reason !== null) return { testable: false, reason };
  const { steps, values } = series;
  const { phi, sd } = estimateNoise(values);
  if (phi > LARGEST_PHI) return { testable: false, reason: 'a step cannot be told from a wandering level' };
  const h = Math.min(halfWindow, Math.floor(values.length / 4));
  const whitened = values.subarray(1).map((value, i) => value - phi * values[i]);
  const positions = whitened.length - 2 * h + 1;
  const degreesOfFreedom = 2 * h - 3;
  const threshold = -studentTQuantile(alpha / (2 * positions), degreesOfFreedom);
  const smallest = SMALLEST_SPACINGS * latticeOf(values).spacing;

  const line = orthonormalPolynomials(2 * h, 1);
  // A unit step in the series is, whitened, 1 at once and 1 − φ ever after.
  const shape = Float64Array.from({ length: 2 * h }, (_, i) => (i < h ? 0 : i === h ? 1 : 1 - phi));
  const norm = removeProjections(shape, line);
  const sizes = new Float64Array(positions);
  const statistics = new Float64Array(positions);
  for (let p = 0; p < positions; p++) {
    const window = whitened.slice(p, p + 2 * h);
    removeProjections(window, line);
    const size = dot(window, shape) / norm ** 2;
    const residual = dot(window, window) - (size * norm) ** 2;
    sizes[p] = size;
    statistics[p] = (size * norm) / Math.sqrt(Math.max(residual, 0) / degreesOfFreedom);
    if (!(Math.abs(size) > smallest)) statistics[p] = 0;
  }

  const changes = separatePeaks(statistics, threshold, h).map((p): Change => {
    // Position p tests the whitened value p + h, which belongs to measurement p + h + 1.
    const index = p + h + 1;
    const pValue = 2 * studentTCdf(-Math.abs(statistics[p]), degreesOfFreedom) * positions;
    return {
      index,
      step: steps[index],
      interval: [steps[index], steps[index]],
      kind: 'level',
      direction: sizes[p] > 0 ? 'increase' : 'decrease',
      effect: Math.abs(sizes[p]) / sd,
      magnitude: Math.abs(sizes[p]),
      pValue: Math.min(1, pValue),
    };
  });
  return { testable: true, changes };
};

/** Positions above the threshold, the highest first, none within `separation` of a higher one; in ascending order. */
function separatePeaks(statistics: Float64Array, threshold: number, separation: number): number[] {
  const candidates = Array.from(statistics.keys())
    .filter((p) => Math.abs(statistics[p]) > threshold)
    .sort((a, b) => Math.abs(statistics[b]) - Math.abs(statistics[a]));
  const peaks: number[] = [];
  for (const p of candidates) if (peaks.every((peak) => Math.abs(peak - p) >= separation)) peaks.push(p);
  return peaks.sort((a, b) => a - b);
}
