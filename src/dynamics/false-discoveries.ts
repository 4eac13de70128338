import { withErrorControl } from '../detectors/registry.ts';
import type { Change, Detection } from '../detectors/types.ts';
import { InputError } from '../errors/input-error.ts';
import { benjaminiHochberg } from '../numerics/multiple-testing.ts';

/** Which changes hold when all series of a study are looked at together. */
export type FalseDiscoveryControl =
  | {
      readonly determined: true;
      readonly method: 'Benjamini-Hochberg over series';
      /** The false discovery rate that is held: the expected share of false series among those with a change. */
      readonly rate: number;
      /** Series that could be tested. */
      readonly series: number;
      /** Changes found in them, each at the detector's own rate per series. */
      readonly changes: number;
      /** Changes with a p-value of at most this survive; 0 where none does. */
      readonly threshold: number;
      readonly surviving: number;
    }
  | { readonly determined: false; readonly reason: string };

/** What of a detection the procedure looks at. */
export type TestedSeries =
  | { readonly testable: true; readonly changes: readonly Pick<Change, 'pValue'>[] }
  | { readonly testable: false };

/**
 * A detector that errs in 5 % of series finds a dozen changes in 240 series in which nothing happens. This holds the false
 * discovery rate over the series instead.
 *
 * A series is selected by the procedure of Benjamini & Hochberg (1995) on the smallest p-value of its changes; a tested
 * series without a change enters with 1. Within a selected series, changes hold up to `rate` times the share of series
 * selected (Benjamini & Bogomolov 2014). The p-values must hold for a whole series, as those of detectors with a
 * family-wise rate do. Series of one run are positively dependent, which the procedure allows.
 *
 * @param detections found at a family-wise error rate of `rate` or more each.
 * @param rate false discovery rate, 0 to 1.
 * @example
 * const control = falseDiscoveryControl(layers.map(({ detection }) => detection), 0.05);
 */
export function falseDiscoveryControl(
  detections: readonly TestedSeries[],
  rate: number,
): FalseDiscoveryControl {
  const tested = detections.flatMap((detection) => (detection.testable ? [detection.changes] : []));
  if (tested.length === 0) return { determined: false, reason: 'no series could be tested' };
  if (tested.some((changes) => changes.some(({ pValue }) => pValue === null))) {
    return { determined: false, reason: 'the detector gives no p-values' };
  }
  const smallest = tested.map((changes) => Math.min(1, ...changes.map(pOf)));
  const selected = benjaminiHochberg(smallest).filter((adjusted) => adjusted <= rate).length;
  const threshold = (rate * selected) / tested.length;
  const changes = tested.flat();
  return {
    determined: true,
    method: 'Benjamini-Hochberg over series',
    rate,
    series: tested.length,
    changes: changes.length,
    threshold,
    surviving: changes.filter((change) => pOf(change) <= threshold).length,
  };
}

/**
 * The detections with only those changes that hold over all series together; see `falseDiscoveryControl`.
 *
 * @throws InputError where a change has no p-value.
 * @example
 * controlFalseDiscoveries(series.map((s) => localCubic(s, { alpha: 0.05 })), 0.05);
 */
export function controlFalseDiscoveries(
  detections: readonly Detection[],
  rate: number,
): readonly Detection[] {
  const control = falseDiscoveryControl(detections, rate);
  if (!control.determined) {
    if (!detections.some(({ testable }) => testable)) return detections;
    throw new InputError({
      field: 'detector',
      allowed: `one that gives p-values, for false discovery rates: ${withErrorControl.join(', ')}`,
    });
  }
  return detections.map((detection) =>
    detection.testable
      ? { ...detection, changes: detection.changes.filter((change) => pOf(change) <= control.threshold) }
      : detection,
  );
}

function pOf({ pValue }: Pick<Change, 'pValue'>): number {
  return pValue ?? 1;
}
