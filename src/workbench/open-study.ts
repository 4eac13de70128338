import { withMetrics } from '../derived/with-metrics.ts';
import { type LogFacts, readLogFacts, readRun as readLoggedRun } from '../measurements/log-store.ts';
import { type StudyRemark, studyRemarks } from '../measurements/study-remarks.ts';
import { readManifest, readStudyRun, withLogs } from '../measurements/study-store.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';
import { type AnalysisCache, noCache } from './analysis-cache-store.ts';
import { runsOnDemand } from './study-runs.ts';

/**
 * A study as it is looked at: its runs have the metrics that their logs leave to be computed, and the one that was asked for. What was
 * measured in a run is read from its log when it is looked at, so that a study may be larger than memory.
 */
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
  const manifest = readManifest(directory);
  const logs = withLogs(directory, manifest).map((id) => readLogFacts(directory, id));
  return studyOfLogs(directory, manifest, logs, metric);
}

/** The same, where what is known of its logs was had already. @param logs those that are there, in the order of the study. */
export function studyOfLogs(
  directory: string,
  manifest: StudyManifest,
  logs: readonly LogFacts[],
  metric?: string,
  cache: AnalysisCache = noCache,
): OpenStudy {
  const read = logs.map(({ facts, digest }) => ({ run: facts, digest: () => digest }));
  return {
    manifest,
    runs: runsOnDemand(directory, logs, metric, cache),
    remarks: studyRemarks(manifest, read),
  };
}

/** Reads one run of a study; see `openStudy`. */
export function openRunOf(
  directory: string,
  id: string,
  metric?: string,
): { readonly run: Run; readonly remarks: readonly StudyRemark[] } {
  const { run, remarks } = readStudyRun(directory, id);
  return { run: withMetrics(run, metric), remarks };
}

/**
 * Reads one run, with the metrics that its log leaves to be computed; a run whose training was killed is read as far as
 * it was written.
 *
 * @throws InputError if there is no such log, or it is damaged.
 * @example
 * readRun('my-study', 'mine').layers[0].series.get('participation_ratio')?.values;
 */
export function readRun(directory: string, id: string): Run {
  return withMetrics(readLoggedRun(directory, id));
}
