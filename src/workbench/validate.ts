import { type StudyAgreement, studyAgreement } from '../findings/study-agreement.ts';
import { chooseSeries } from '../findings/study-analysis.ts';
import { readTuringChangePoints } from '../imports/series/turing-change-points-store.ts';
import { nameOfSource, openDetector } from '../validity/harness/detector-store.ts';
import type { DetectorSource } from '../validity/harness/types.ts';
import { scoreDetector, type TuringScores } from '../validity/turing-change-points/score-detector.ts';
import { openStudy } from './open-study.ts';
import type { OnProgress } from './progress.ts';

/** A detector's scores on series that several people have annotated. */
export interface AnnotationReport extends TuringScores {
  readonly detector: string;
  readonly alpha: number;
}

/**
 * Scores a detector on a folder in the layout of the Turing Change Point Dataset.
 *
 * @throws InputError where the folder, an annotation or the detector cannot be used.
 * @example
 * const { mean } = await scoreOnAnnotations({ type: 'built-in', name: 'local-cubic' }, 'TCPD/datasets', 0.05);
 */
export async function scoreOnAnnotations(
  source: DetectorSource,
  folder: string,
  alpha: number,
): Promise<AnnotationReport> {
  const { series, annotations } = readTuringChangePoints(folder);
  const scores = scoreDetector(await openDetector(source), series, annotations, alpha);
  return { detector: nameOfSource(source), alpha, ...scores };
}

/**
 * How far detectors, and metrics, agree on a study; see `studyAgreement`.
 *
 * @param metric the series that detectors are compared on; the best that all layers share if absent.
 * @example
 * agreementOnStudy('my-study').seriesId; // 'participation_ratio'
 */
export function agreementOnStudy(
  directory: string,
  metric?: string,
  onProgress: OnProgress = () => {},
): StudyAgreement {
  const { runs } = openStudy(directory);
  return studyAgreement(runs, chooseSeries(runs, metric), (done, total, name) =>
    onProgress({ stage: 'comparing', done, total, what: name }),
  );
}
