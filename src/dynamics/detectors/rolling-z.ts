import { mean, standardDeviation } from '../../numerics/moments.ts';
import type { Change, Detection, Detector, DetectorOptions } from '../types.ts';
import { obstacle } from './testability.ts';

export interface RollingZOptions extends DetectorOptions {
  /** Measurements looked back on. Default 50. */
  readonly window?: number;
  /** Default 3. */
  readonly threshold?: number;
  /** Measurements before the first test. Default 20. */
  readonly warmUp?: number;
}

/** Below this spread a window is taken for constant and passed over. */
const SMALLEST_SD = 1e-10;

/**
 * The rolling z rule of NDT's tracker, kept as a reference: a jump wherever a measurement lies more than 3 standard
 * deviations from the mean of the 50 before it. It has no error control (`alpha` is ignored).
 *
 * @example
 * rollingZ({ steps, values }, { threshold: 4 });
 */
export const rollingZ: Detector<RollingZOptions> = (series, options = {}): Detection => {
  const { window = 50, threshold = 3, warmUp = 20 } = options;
  const reason = obstacle(series, warmUp + 1);
  if (reason !== null) return { testable: false, reason };
  const { steps, values } = series;
  const changes: Change[] = [];
  for (let i = warmUp; i < values.length; i++) {
    const before = values.subarray(Math.max(0, i - window), i);
    const [center, sd] = [mean(before), standardDeviation(before)];
    if (sd < SMALLEST_SD) continue;
    const z = Math.abs(values[i] - center) / sd;
    if (!(z > threshold)) continue;
    changes.push({
      index: i,
      step: steps[i],
      interval: [steps[i - 1], steps[i]],
      kind: 'level',
      direction: values[i] > center ? 'increase' : 'decrease',
      effect: z,
      magnitude: Math.abs(values[i] - center),
      pValue: null,
    });
  }
  return { testable: true, changes };
};
