import { canDerive, withSeries } from '../derived/derive-series.ts';
import type { StudyRemark } from '../measurements/study-remarks.ts';
import { readStudy, readStudyRun } from '../measurements/study-store.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';

/** A study as it is looked at: its runs have the metric that was asked for, also where it follows from their spectra only. */
export interface OpenStudy {
  readonly manifest: StudyManifest;
  readonly runs: readonly Run[];
  /** What of it is missing, cut or interrupted. */
  readonly remarks: readonly StudyRemark[];
}

/**
 * Reads a study.
 *
 * @param metric the series that will be looked at; added to the runs if no log holds it but it can be derived.
 * @throws InputError if there is no study, or a log is damaged.
 * @example
 * const { runs } = openStudy('my-study', 'spectral_velocity');
 */
export function openStudy(directory: string, metric?: string): OpenStudy {
  const { manifest, runs, remarks } = readStudy(directory);
  return { manifest, runs: runs.map((run) => withMetric(run, metric)), remarks };
}

/** Reads one run of a study; see `openStudy`. */
export function openRunOf(
  directory: string,
  id: string,
  metric?: string,
): { readonly run: Run; readonly remarks: readonly StudyRemark[] } {
  const { run, remarks } = readStudyRun(directory, id);
  return { run: withMetric(run, metric), remarks };
}

function withMetric(run: Run, metric: string | undefined): Run {
  return metric !== undefined && canDerive(run, metric) ? withSeries(run, metric) : run;
}
