import { seriesWithMetrics } from '../derived/with-metrics.ts';
import { InputError } from '../errors/input-error.ts';
import { groupsOfSeeds } from '../findings/seed-groups.ts';
import { analysisSettings, type StudyAnalysisOptions } from '../findings/study-analysis.ts';
import { studyFactors } from '../measurements/factors.ts';
import { readLogHeader } from '../measurements/log-store.ts';
import { runBegun, runOnDemand } from '../measurements/run-facts.ts';
import { listRuns, readManifest } from '../measurements/study-store.ts';
import type { Run, StudyFactors, StudyManifest } from '../measurements/types.ts';
import { assertKept, cacheOfStudy } from './analysis-cache-store.ts';
import type { PartSettings } from './analysis-parts.ts';
import { AnalysisPool, threadHeap } from './analysis-pool.ts';
import { factsOfLogs, type KnownParts, keepParts, partSettings } from './analyze-parts.ts';
import { controlVersions } from './control-runs.ts';
import type { StudyChoice } from './examine-study.ts';
import { studyOfLogs } from './open-study.ts';

/** One of several shares of a study's runs. */
export interface Share {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** What of a share was analyzed, and where it lies for `analyzeStudyIn`. */
export interface AnalyzedShare extends KnownParts {
  readonly runs: number;
  readonly folder: string;
}

/**
 * Analyzes one share of a study's runs, and keeps what it finds out in the study's cache: once every share has been, `analyzeStudyIn` with the same
 * settings has only to put them together. Runs that differ in the seed alone are of one share. Of the other runs only headers are read.
 *
 * @throws InputError as `analyzeStudyIn` does, and without a cache; the operating system's fault as soon as something cannot be kept.
 * @example
 * for (const index of [1, 2]) await analyzeShareOf('my-study', { index, of: 2 });
 */
export async function analyzeShareOf(
  directory: string,
  { index, of }: Share,
  { metric, workers, against, cache: asked, onProgress, ...options }: Omit<StudyChoice, 'onCache'> = {},
): Promise<AnalyzedShare> {
  const cache = cacheOfStudy(directory, asked);
  if (cache.folder === null) throw new InputError({ field: '--no-cache', allowed: 'without --runs' });
  const manifest = readManifest(directory);
  const { ids, settings, factors } = shareOf(
    directory,
    manifest,
    { index, of },
    { ...options, seriesId: metric },
  );
  const heap = threadHeap(directory, ids, against);
  const pool = new AnalysisPool({ directory, controls: against }, cache, workers, heap);
  try {
    const sources = { pool, cache, onProgress };
    const logs = await factsOfLogs(directory, ids, sources);
    assertKept(cache);
    const { runs } = studyOfLogs(directory, manifest, logs, metric, cache);
    const controls = against && controlVersions(directory, against);
    const { parts, known } = await keepParts({ runs, logs, settings, factors, controls }, sources);
    return { runs: ids.length, parts, known, folder: cache.folder };
  } finally {
    await pool.close();
  }
}

/** Which runs are of a share, and what is asked of all: what was read of the others is let go again. */
function shareOf(
  directory: string,
  manifest: StudyManifest,
  { index, of }: Share,
  options: StudyAnalysisOptions,
): { readonly ids: string[]; readonly settings: PartSettings; readonly factors: StudyFactors } {
  const all = listRuns(directory).map((id) => begun(directory, id, options.seriesId));
  const settings = partSettings(analysisSettings(all, options));
  const factors = studyFactors(manifest, all);
  const units = unitsOf(all, factors);
  const from = Math.floor(((index - 1) * units.length) / of);
  const mine = new Set(units.slice(from, Math.floor((index * units.length) / of)).flat());
  return { ids: all.map(({ id }) => id).filter((id) => mine.has(id)), settings, factors };
}

/** A run of which the header is known. */
function begun(directory: string, id: string, metric: string | undefined): Run {
  const facts = runBegun(readLogHeader(directory, id));
  const unread = (): never => {
    throw new Error(`of run ${id} only the header was read`);
  };
  return runOnDemand(
    { ...facts, series: seriesWithMetrics(facts, metric) },
    { series: unread, spectra: unread, tracks: unread },
  );
}

/** Ids of runs that are analyzed together, in the order of their first. */
function unitsOf(runs: readonly Run[], factors: StudyFactors): string[][] {
  const groups = groupsOfSeeds(runs, factors).map(({ members }) => members.map(({ id }) => id));
  const grouped = new Set(groups.flat());
  const firsts = new Map(groups.map((ids) => [ids[0], ids]));
  return runs
    .flatMap(({ id }) => (grouped.has(id) ? [firsts.get(id) ?? []] : [[id]]))
    .filter(({ length }) => length > 0);
}
