import { mean, standardDeviation } from '../../numerics/moments.ts';
import type { Change, Detection, Detector, DetectorOptions } from '../types.ts';
import { obstacle } from './testability.ts';

export interface PublishedZOptions extends DetectorOptions {
  /** Default 2. */
  readonly threshold?: number;
}

/**
 * The jump rule of the published study, kept as a reference: a jump wherever a difference of neighboring measurements
 * lies more than 2 standard deviations from the mean difference. It has no error control (`alpha` is ignored): it marks
 * about 4.5 % of the steps of any series with normal increments.
 *
 * @example
 * publishedZ({ steps, values });
 */
export const publishedZ: Detector<PublishedZOptions> = (series, { threshold = 2 } = {}): Detection => {
  const reason = obstacle(series, 3);
  if (reason !== null) return { testable: false, reason };
  const { steps, values } = series;
  const differences = values.subarray(1).map((value, i) => value - values[i]);
  const [center, sd] = [mean(differences), standardDeviation(differences)];
  if (sd === 0) return { testable: false, reason: 'all differences are equal' };
  const changes: Change[] = [];
  for (const [i, difference] of differences.entries()) {
    const z = Math.abs(difference - center) / sd;
    if (!(z > threshold)) continue;
    changes.push({
      index: i + 1,
      step: steps[i + 1],
      interval: [steps[i], steps[i + 1]],
      kind: 'level',
      direction: difference > 0 ? 'increase' : 'decrease',
      effect: z,
      magnitude: Math.abs(difference),
      pValue: null,
    });
  }
  return { testable: true, changes };
};
