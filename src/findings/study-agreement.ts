import { type DetectorName, defaultDetector, detectorNamed, detectorNames } from '../detectors/registry.ts';
import type { Detection } from '../detectors/types.ts';
import { determinedPoints } from '../dynamics/determined-points.ts';
import type { Run } from '../measurements/types.ts';
import { type Agreement, agreement, type Opinion } from '../validity/agreement.ts';
import { commonSeries } from './choose-series.ts';

/** How far detectors, and metrics, agree on the changes of a study. */
export interface StudyAgreement {
  readonly seriesId: string;
  /** Largest distance between two reports of one change, in training steps. */
  readonly margin: number;
  /** Changes found per detector on `seriesId`, and per metric by the default detector. */
  readonly detectors: { readonly totals: readonly Total[]; readonly pairs: readonly Agreement[] };
  readonly metrics: { readonly totals: readonly Total[]; readonly pairs: readonly Agreement[] };
}

export interface Total {
  readonly name: string;
  /** Layer series that could be tested, of all. */
  readonly tested: number;
  readonly series: number;
  readonly changes: number;
}

/** Two reports of one change may lie so many measurements apart. */
const marginInMeasurements = 5;

/**
 * Asks every detector about one series of each layer, and the default detector about every series that all layers have.
 *
 * @param runs with the same distance between measurements.
 * @example
 * studyAgreement(readStudy('my-study').runs, 'participation_ratio').detectors.pairs;
 */
export function studyAgreement(
  runs: readonly Run[],
  seriesId: string,
  onDetector: (done: number, total: number, name: string) => void = () => {},
): StudyAgreement {
  const gaps = runs.flatMap(({ steps }) => (steps.length > 1 ? [steps[1] - steps[0]] : []));
  const margin = marginInMeasurements * Math.max(1, ...gaps);
  const byDetector = detectorNames.map((name, i) => {
    const opinion = { name, detections: detectionsOf(runs, seriesId, name) };
    onDetector(i + 1, detectorNames.length, name);
    return opinion;
  });
  const byMetric = commonSeries(runs).map((id) => ({
    name: id,
    detections: detectionsOf(runs, id, defaultDetector),
  }));
  const compared = (opinions: Opinion[]) => ({
    totals: opinions.map(totalOf),
    pairs: agreement(opinions, margin),
  });
  return { seriesId, margin, detectors: compared(byDetector), metrics: compared(byMetric) };
}

function detectionsOf(runs: readonly Run[], id: string, detector: DetectorName): Detection[] {
  const detect = detectorNamed(detector);
  return runs.flatMap(({ steps, layers }) =>
    layers.map((layer) => detect(determinedPoints({ steps, values: layer.series.get(id)!.values }).series)),
  );
}

function totalOf({ name, detections }: Opinion): Total {
  const tested = detections.flatMap((detection) => (detection.testable ? [detection.changes.length] : []));
  return {
    name,
    tested: tested.length,
    series: detections.length,
    changes: tested.reduce((a, b) => a + b, 0),
  };
}
