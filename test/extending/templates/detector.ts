import { obstacle } from '../../../src/dynamics/detectors/testability.ts';
import type { Detector } from '../../../src/dynamics/types.ts';
import { medianAbsoluteDeviation } from '../../../src/numerics/quantile.ts';

/** Median absolute deviations of the normal law in one standard deviation. */
const MAD_PER_SD = 1.4826;

/** The largest difference of neighbors, where it is above eight times their spread. It has no error control. */
export const largestDifference: Detector = (series) => {
  const reason = obstacle(series, 20);
  if (reason !== null) return { testable: false, reason };
  const { steps, values } = series;
  const differences = values.slice(1).map((value, i) => value - values[i]);
  const sd = MAD_PER_SD * medianAbsoluteDeviation(differences);
  if (sd === 0) return { testable: false, reason: 'most neighbors are equal' };
  const index =
    differences.reduce((best, d, i) => (Math.abs(d) > Math.abs(differences[best]) ? i : best), 0) + 1;
  const jump = differences[index - 1];
  if (Math.abs(jump) <= 8 * sd) return { testable: true, changes: [] };
  const change = {
    index,
    step: steps[index],
    interval: [steps[index - 1], steps[index]],
    kind: 'level',
    direction: jump > 0 ? 'increase' : 'decrease',
    effect: Math.abs(jump) / sd,
    magnitude: Math.abs(jump),
    pValue: null,
  } as const;
  return { testable: true, changes: [change] };
};
