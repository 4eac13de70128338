import type { Detection } from '../dynamics/types.ts';
import { InputError } from '../errors/input-error.ts';
import { benjaminiHochberg } from '../numerics/multiple-testing.ts';

/**
 * Changes over many series with the false discovery rate held instead of each series' own error rate.
 *
 * A series is selected by the procedure of Benjamini & Hochberg (1995) on its smallest p-value. Within a selected
 * series, changes remain up to alpha times the share of series selected (Benjamini & Bogomolov 2014), so that the
 * expected share of selected series with a false change is at most alpha. Series that cannot be tested do not count.
 *
 * A series in which nothing was found at `alpha` enters with p = 1: its true p-value is above alpha, and no such one
 * is ever selected.
 *
 * @param detections found at a family-wise error rate of `alpha` each.
 * @throws InputError where a change has no p-value.
 * @example
 * controlFalseDiscoveries(series.map((s) => localCubic(s, { alpha: 0.05 })), 0.05);
 */
export function controlFalseDiscoveries(detections: readonly Detection[], alpha: number): Detection[] {
  const pValues = detections.flatMap((detection) => (detection.testable ? [smallestPValue(detection)] : []));
  const selected = benjaminiHochberg(pValues).filter((p) => p <= alpha).length;
  const level = (alpha * selected) / Math.max(1, pValues.length);
  return detections.map((detection) =>
    detection.testable
      ? { testable: true, changes: detection.changes.filter(({ pValue }) => pValue! <= level) }
      : detection,
  );
}

function smallestPValue({ changes }: Extract<Detection, { testable: true }>): number {
  return changes.reduce((least, { pValue }) => {
    if (pValue === null) {
      throw new InputError({
        field: 'detector',
        allowed: 'one that gives p-values, for false discovery rates',
      });
    }
    return Math.min(least, pValue);
  }, 1);
}
