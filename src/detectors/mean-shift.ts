import { dot, orthonormalPolynomials, removeProjections } from '../numerics/orthonormal-polynomials.ts';
import { studentTCdf, studentTQuantile } from '../numerics/student-t.ts';
import { latticeOf } from './local-cubic/lattice.ts';
import { estimateNoise } from './noise.ts';
import { inOwnUnit } from './own-unit.ts';
import { STEP_TOLERANCE } from './place-tolerance.ts';
import { separatePeaks } from './segmentation/separate-peaks.ts';
import { obstacle } from './testability.ts';
import type { Change, Detection, Detector, DetectorOptions, Series } from './types.ts';
import { wanders } from './wandering.ts';

export interface MeanShiftOptions extends DetectorOptions {
  /** Measurements looked at on either side. Default 40, at most a quarter of the series. */
  readonly halfWindow?: number;
}

const FEWEST_POINTS = 40;
/** A step of fewer spacings of the rounding lattice may be rounding. */
const SMALLEST_SPACINGS = 4;
/** Parameters of a window: a line's two and the step. */
const PARAMETERS = 3;

/**
 * A plain test for level shifts: at each measurement a step is fitted beside a straight line in the window around it,
 * on data whitened by one AR(1) coefficient, and its t-statistic held against a Bonferroni bound over all positions.
 * Sound for noise around a nearly straight trend; a curved trend with little noise can pass for a step. Knows the
 * measurements' order only, and sees nothing within half a window of either end.
 *
 * @param options.alpha nominal chance of any false change, default 0.05.
 * @example
 * meanShift({ steps, values }, { alpha: 0.01 });
 */
export const meanShift: Detector<MeanShiftOptions> = inOwnUnit((series, options = {}): Detection => {
  const { alpha = 0.05, halfWindow = 40 } = options;
  const reason = obstacle(series, FEWEST_POINTS);
  if (reason !== null) return { testable: false, reason };
  const { steps, values } = series;
  const { phi, sd } = estimateNoise(values);
  const wandering = wanders({ phi });
  if (wandering !== null) return { testable: false, reason: wandering };
  const h = Math.min(halfWindow, Math.floor(values.length / 4));
  const tests = stepTests(values, h, phi);
  const degreesOfFreedom = 2 * h - PARAMETERS;
  const threshold = -studentTQuantile(alpha / (2 * tests.statistics.length), degreesOfFreedom);
  const changes = separatePeaks(tests.statistics.map(Math.abs), threshold, h).map((p): Change => {
    const index = p + tests.first;
    const statistic = Math.abs(tests.statistics[p]);
    const pValue = 2 * studentTCdf(-statistic, degreesOfFreedom) * tests.statistics.length;
    return {
      index,
      step: steps[index],
      interval: placeInterval(series, tests, p, h),
      kind: 'level',
      direction: tests.sizes[p] > 0 ? 'increase' : 'decrease',
      effect: Math.abs(tests.sizes[p]) / sd,
      magnitude: Math.abs(tests.sizes[p]),
      pValue: Math.min(1, pValue),
    };
  });
  const last = tests.first + tests.statistics.length - 1;
  return { testable: true, changes, tested: [steps[tests.first], steps[last]] };
});

interface StepTests {
  /** Index of the measurement that the first test is for. */
  readonly first: number;
  readonly sizes: Float64Array;
  /** Signed; 0 where the step is so small that it may be rounding. */
  readonly statistics: Float64Array;
}

function stepTests(values: Float64Array, h: number, phi: number): StepTests {
  const whitened = values.subarray(1).map((value, i) => value - phi * values[i]);
  const positions = whitened.length - 2 * h + 1;
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
    if (Math.abs(size) > smallest)
      statistics[p] = (size * norm) / Math.sqrt(Math.max(residual, 0) / (2 * h - PARAMETERS));
  }
  // Position p tests the whitened value p + h, which belongs to measurement p + h + 1.
  return { first: h + 1, sizes, statistics };
}

/** The steps between which the likelihood ratio against the peak leaves the place open, at about 95 %. */
function placeInterval(
  { steps }: Series,
  { first, statistics }: StepTests,
  peak: number,
  reach: number,
): readonly [number, number] {
  const least = statistics[peak] ** 2 - STEP_TOLERANCE;
  let [from, to] = [peak, peak];
  for (let p = Math.max(0, peak - reach); p <= Math.min(statistics.length - 1, peak + reach); p++) {
    if (statistics[p] ** 2 < least) continue;
    from = Math.min(from, p);
    to = Math.max(to, p);
  }
  return [steps[first + from - 1], steps[first + to]];
}
