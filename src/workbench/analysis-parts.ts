import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { type SeedsTogether, seedsTogether } from '../findings/seed-groups.ts';
import { type AnalysisSettings, dynamicsOfRun } from '../findings/study-analysis.ts';
import type { Run } from '../measurements/types.ts';

/** A part of a study's analysis: of one run, or of runs that differ in the seed alone. */
export type AnalysisPart =
  | { readonly about: 'run'; readonly run: string }
  | { readonly about: 'seeds'; readonly runs: readonly string[] };

export type AnalyzedPart<Part extends AnalysisPart = AnalysisPart> = Part extends { readonly about: 'run' }
  ? RunDynamics
  : SeedsTogether;

/**
 * Analyzes one part.
 *
 * @param open gives a run of the study by its id, with the analyzed series.
 */
export function analyzePart(
  part: AnalysisPart,
  open: (id: string) => Run,
  settings: AnalysisSettings,
): AnalyzedPart {
  return part.about === 'run'
    ? dynamicsOfRun(open(part.run), settings)
    : seedsTogether(part.runs.map(open), settings);
}
