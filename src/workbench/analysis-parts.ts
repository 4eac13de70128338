import { withSeries } from '../derived/derive-series.ts';
import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { jumpTypeReferences } from '../dynamics/jump-types.ts';
import { Recent } from '../dynamics/recent.ts';
import { type SeedsTogether, seedsTogether } from '../findings/seed-groups.ts';
import { type AnalysisSettings, dynamicsOfRun, jumpTypesRandom } from '../findings/study-analysis.ts';
import type { LogFacts, LogVersion } from '../measurements/log-store.ts';
import type { Run } from '../measurements/types.ts';
import type { Points } from '../numerics/points.ts';
import type { AnalysisCache } from './analysis-cache-store.ts';
import { controlRuns } from './control-runs.ts';
import { loggedRun, readLogOnce } from './logged-run-store.ts';

/** A run of the study, and which bytes of its log are meant. */
export interface RunAt {
  readonly id: string;
  readonly version: LogVersion;
}

/** What every part of an analysis is done with, but for the control runs. */
export type PartSettings = Omit<AnalysisSettings, 'against'>;

/**
 * A part of a study's analysis: the facts of a run, what it does, what runs do that differ in the seed alone, or one of the data sets without types that the
 * jumps of all runs are held against.
 */
export type AnalysisPart =
  | { readonly about: 'facts'; readonly id: string }
  | { readonly about: 'run'; readonly run: RunAt; readonly settings: PartSettings }
  | { readonly about: 'seeds'; readonly runs: readonly RunAt[]; readonly settings: PartSettings }
  | {
      readonly about: 'jumpTypes';
      readonly points: Points;
      readonly seed: number;
      readonly reference: number;
    };

export type PartAbout<About extends AnalysisPart['about']> = Extract<AnalysisPart, { about: About }>;

/** What is found out of each. */
interface Answers {
  readonly facts: LogFacts;
  readonly run: RunDynamics;
  readonly seeds: SeedsTogether;
  /** Inertias, by the number of types. */
  readonly jumpTypes: number[];
}

export type AnalyzedPart<Part extends AnalysisPart = AnalysisPart> = Answers[Part['about']];

/** The study whose parts are analyzed. */
export interface AnalysisJob {
  readonly directory: string;
  /** Names of control runs; see `controlRuns`. */
  readonly controls?: readonly string[];
}

/** Runs kept from one part to the next: those of a group of seeds are asked for again soon. */
const mostKept = 4;

/**
 * Something that analyzes parts of one study, and reads its logs for that.
 *
 * @param cache where what logs hold is kept.
 */
export function partAnalyst(
  { directory, controls }: AnalysisJob,
  cache: AnalysisCache,
): (part: AnalysisPart) => AnalyzedPart {
  const kept = new Recent<string, Run>(mostKept);
  let against: readonly Run[] | undefined;
  return (part) => {
    if (part.about === 'facts') return readLogOnce(directory, part.id, cache);
    if (part.about === 'jumpTypes')
      return jumpTypeReferences(part.points, jumpTypesRandom(part.seed))(part.reference);
    // With the first question, so that what is wrong with the names comes back as its answer.
    if (controls !== undefined) against ??= controlRuns(directory, controls);
    const settings = { ...part.settings, against };
    const { seriesId } = settings;
    const open = ({ id, version }: RunAt): Run =>
      kept.of(`${seriesId} ${version.sha256} ${id}`, 1, () =>
        withSeries(loggedRun(directory, id, version, cache), seriesId),
      );
    return part.about === 'run'
      ? dynamicsOfRun(open(part.run), settings)
      : seedsTogether(part.runs.map(open), settings);
  };
}
