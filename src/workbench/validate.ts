import { chooseSeries } from '../findings/choose-series.ts';
import { type StudyAgreement, studyAgreement } from '../findings/study-agreement.ts';
import { readTuringChangePoints } from '../imports/series/turing-change-points-store.ts';
import { nameOfSource, openDetector } from '../validity/harness/detector-store.ts';
import type { DetectorSource, DetectorUnderTest } from '../validity/harness/types.ts';
import { scoreDetector, type TuringScores } from '../validity/turing-change-points/score-detector.ts';
import { stretchChanges, withJumps } from '../validity/turing-change-points/stretch-changes.ts';
import { openStudy } from './open-study.ts';
import type { OnProgress } from './progress.ts';

/** Scores on series that several people have annotated: of a detector, or of the rises and falls of each curve. */
export interface AnnotationReport extends TuringScores {
  readonly detector: string;
  readonly alpha: number;
  /** Beside a detector's: of the rises and falls instead of it, and of both together. */
  readonly stretches?: TuringScores;
  readonly together?: TuringScores;
}

/**
 * Scores a detector on a folder in the layout of the Turing Change Point Dataset, and beside it the rises and falls of
 * each curve, alone and together with it; or these alone.
 *
 * @throws InputError where the folder, an annotation or the detector cannot be used.
 * @example
 * const { mean } = await scoreOnAnnotations({ type: 'built-in', name: 'local-cubic' }, 'TCPD/datasets', 0.05);
 */
export async function scoreOnAnnotations(
  source: DetectorSource | 'stretches',
  folder: string,
  alpha: number,
): Promise<AnnotationReport> {
  const { series, annotations } = readTuringChangePoints(folder);
  const score = (detect: DetectorUnderTest): TuringScores =>
    scoreDetector(detect, series, annotations, alpha);
  const stretches = score(stretchChanges);
  if (source === 'stretches') return { detector: source, alpha, ...stretches };
  const detect = await openDetector(source);
  return {
    ...{ detector: nameOfSource(source), alpha, ...score(detect) },
    ...{ stretches, together: score(withJumps(detect)) },
  };
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
