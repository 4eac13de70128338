import type { DetectorName } from '../detectors/registry.ts';
import { type Audit, auditStudy } from '../findings/audit/audit-study.ts';
import { claimedTables } from '../findings/audit/claimed-tables.ts';
import type { ClaimsFile } from '../findings/audit/claims-file.ts';
import { defaultClaims } from '../findings/claims/default-claims.ts';
import { analysisSettings, jointAnalysis, type StudyAnalysis } from '../findings/study-analysis.ts';
import { studyFactors } from '../measurements/factors.ts';
import { readManifest, withLogs } from '../measurements/study-store.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';
import { type DataCheckResult, factsOf, runDataChecks } from '../validity/data-checks.ts';
import { cacheOfStudy } from './analysis-cache-store.ts';
import { AnalysisPool, threadHeap } from './analysis-pool.ts';
import type { AnalysisTexts } from './analysis-texts.ts';
import { analyzeParts, factsOfLogs, type KnownParts, partSettings } from './analyze-parts.ts';
import { type AnswersInMemory, AnswersOnDemand, keptFor } from './answers-on-demand.ts';
import type { StudyCheckpoints } from './checkpoints-store.ts';
import { controlVersions } from './control-runs.ts';
import { knownJumpTypes } from './known-jump-types.ts';
import { type OpenStudy, studyOfLogs } from './open-study.ts';
import type { OnProgress } from './progress.ts';

/** How runs are analyzed. */
export interface AnalysisChoice {
  /** The series that is looked at, e.g. `participation_ratio`; also one that follows from logged spectra. */
  readonly metric?: string;
  readonly detector?: DetectorName;
  /** Error rate of the detector and of intervals; 0.05 if absent. */
  readonly alpha?: number;
  /** Of permutations, bootstraps and clustering; 0 if absent. */
  readonly seed?: number;
  /** Control runs that runs as a whole are compared with; see `controlRuns`. */
  readonly against?: readonly Run[];
  readonly onProgress?: OnProgress;
}

/** How a study in a folder is analyzed. */
export interface StudyChoice extends Omit<AnalysisChoice, 'against'> {
  /** Names of control runs that runs as a whole are compared with; see `controlRuns`. */
  readonly against?: readonly string[];
  /** Threads; as many as there are cores if absent. The answers are the same for any number of them. */
  readonly workers?: number;
  /**
   * The folder of what was found out before, and is not found out again as long as the logs, the settings and the program are the same:
   * `cache` in the study if absent; false for none. It never changes an answer.
   */
  readonly cache?: string | false;
  /**
   * Of so many layers what was found out stays in memory, some 10 kB each, of a large study 2 kB; 16,000 if absent, all for `examineStudy`. Of further
   * runs it is read from the cache whenever it is looked at, which takes time. It never changes an answer.
   */
  readonly layersInMemory?: number;
  /** Told how much was known from before. */
  readonly onCache?: (use: CacheUse) => void;
}

/** What the cache was of use for. */
export interface CacheUse extends KnownParts {
  /** Null where there is none. */
  readonly folder: string | null;
  /** Why nothing could be kept; null where it could. */
  readonly trouble: string | null;
}

/** How a study is examined. */
export interface ExaminationChoice extends StudyChoice {
  /** Claims to hold against the data, or the file that states them; those known of the study if absent. */
  readonly claims?: ClaimsFile | string;
  /** Folder with weights of the runs, one sub-folder per run: for claims about filters. */
  readonly checkpoints?: string;
}

/** A study and when what changed in it. */
export interface AnalyzedStudy extends OpenStudy {
  readonly analysis: StudyAnalysis;
  /** Where the JSON of its parts is kept, in the same order; absent where it is not. */
  readonly texts?: AnalysisTexts;
}

/** A study with everything that was found out about it. */
export interface ExaminedStudy extends AnalyzedStudy {
  readonly checks: readonly DataCheckResult[];
  /** What becomes of the claims made of the study; null where none are known. */
  readonly audit: Audit | null;
}

/**
 * Reads a study and says when what changed in it.
 *
 * @throws InputError if there is no study, a log is damaged, or its layers do not share the metric.
 * @example
 * (await analyzeStudyIn('my-study', { metric: 'stable_rank' })).analysis.seriesId; // 'stable_rank'
 */
export async function analyzeStudyIn(directory: string, choice: StudyChoice = {}): Promise<AnalyzedStudy> {
  return analyzedWith(directory, choice, (layers) => keptFor(layers, choice.layersInMemory));
}

async function analyzedWith(
  directory: string,
  { layersInMemory: _, ...choice }: StudyChoice,
  inMemory: (layers: number) => AnswersInMemory,
): Promise<AnalyzedStudy> {
  const { metric, workers, against, cache: asked, onCache, onProgress, ...options } = choice;
  const manifest = readManifest(directory);
  const cache = cacheOfStudy(directory, asked);
  const ids = withLogs(directory, manifest);
  const heap = threadHeap(directory, ids, against);
  const pool = new AnalysisPool({ directory, controls: against }, cache, workers, heap);
  const sources = { pool, cache, onProgress };
  try {
    const logs = await factsOfLogs(directory, ids, sources);
    const study = studyOfLogs(directory, manifest, logs, metric, cache);
    const { runs } = study;
    const settings = partSettings(analysisSettings(runs, { ...options, seriesId: metric }));
    const factors = studyFactors(manifest, runs);
    const controls = against && controlVersions(directory, against);
    const layers = runs.reduce((sum, run) => sum + run.layers.length, 0);
    const { parts, known, texts, ...found } = await analyzeParts(
      { runs, logs, settings, factors, controls },
      { ...sources, onDemand: new AnswersOnDemand(inMemory(layers)) },
    );
    onCache?.({ folder: cache.folder, parts, known, trouble: cache.trouble });
    const joint = jointAnalysis(runs, found, { ...settings, factors });
    const types = await knownJumpTypes(joint.features, settings.seed, sources);
    return { ...study, analysis: joint.with(types), texts };
  } finally {
    await pool.close();
  }
}

/**
 * Reads a study, says when what changed in it, checks its data, and holds the claims that are made of it against them.
 *
 * @throws InputError if there is no study, or something in it, in the claims or among the checkpoints cannot be used.
 * @example
 * const { checks, audit } = await examineStudy('my-study', { claims: 'claims.yaml' });
 * audit.findings[0].id; // 'late'
 */
export async function examineStudy(
  directory: string,
  { claims: asked, checkpoints: folder, ...choice }: ExaminationChoice = {},
): Promise<ExaminedStudy> {
  // First: what is wrong with a file of claims should not show after minutes.
  const claims = await claimsOf(readManifest(directory), asked);
  // Claims, checks and reports look at every run again and again.
  const { layersInMemory } = choice;
  const study = await analyzedWith(directory, choice, (layers) =>
    keptFor(layers, layersInMemory ?? Number.POSITIVE_INFINITY),
  );
  const { manifest, runs, analysis } = study;
  const { checkpoints, notes } = folder === undefined ? noCheckpoints : await checkpointsIn(folder, runs);
  const tables = claims === null ? {} : claimedTables(runs, claims, checkpoints);
  const checks = [
    ...runDataChecks(factsOf(runs, { analyzedSeries: [analysis.seriesId], ...tables })),
    ...notes.map((note) => checkpointRemark(note, checkpoints.length)),
  ];
  if (claims === null) return { ...study, checks, audit: null };
  const { alpha, seed, onProgress } = choice;
  const total = claims.claims.length;
  const audit = auditStudy({
    manifest,
    runs,
    claims,
    analysis,
    checks,
    checkpoints,
    alpha,
    seed,
    onClaim: (done, claim) => onProgress?.({ stage: 'auditing', done, total, what: claim }),
  });
  return { ...study, checks, audit };
}

const noCheckpoints: StudyCheckpoints = { checkpoints: [], notes: [] };

/** What was found while checkpoints were read stands with what the data checks found. */
function checkpointRemark(message: string, of: number): DataCheckResult {
  const place = { run: null, layer: null, series: null, runs: [] };
  return { check: 'checkpoint-files', severity: 'warning', ...place, message, value: null, count: 1, of };
}

// What reads the one and the other brings half of the program with it, of which an analysis needs nothing.

async function checkpointsIn(folder: string, runs: readonly Run[]): Promise<StudyCheckpoints> {
  return (await import('./checkpoints-store.ts')).readCheckpoints(folder, runs);
}

async function claimsOf(
  manifest: StudyManifest,
  claims: ExaminationChoice['claims'],
): Promise<ClaimsFile | null> {
  if (claims === undefined) return defaultClaims(manifest);
  return typeof claims === 'string' ? (await import('./input-files.ts')).readClaims(claims) : claims;
}
