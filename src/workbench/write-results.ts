import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { type RunSummary, runSummary } from '../dynamics/run-summary.ts';
import type { DrawingOptions } from '../figures/render-svg.ts';
import { writeFileBelow, writeFiles } from '../files/write-files.ts';
import type { SeedGroup } from '../findings/seed-groups.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import { jsonPieces, WrittenJson } from '../formats/json-pieces.ts';
import { plainNumbers } from '../formats/plain-numbers.ts';
import type { Run } from '../measurements/types.ts';
import { reportTableFiles } from '../report/tables/report-tables.ts';
import { stretchesTables } from '../report/validity/stretches-tables.ts';
import { tableFiles } from '../tables/table-files.ts';
import type { TableFormat } from '../tables/table-formats.ts';
import type { StretchesReport } from '../validity/curves/measure-stretches.ts';
import type { ValidityReport } from '../validity/harness/report.ts';
import type { AnalysisTexts } from './analysis-texts.ts';
import type { AnalyzedStudy } from './examine-study.ts';

/**
 * Writes the tables of an analyzed study, and all of it as `analysis.json`.
 *
 * @param tables formats of the tables; all if absent.
 * @example
 * writeAnalysis(await analyzeStudyIn('my-study'), 'my-study/analysis');
 */
export function writeAnalysis(
  { manifest, runs, analysis, remarks, texts }: AnalyzedStudy,
  out: string,
  tables?: readonly TableFormat[],
): void {
  const summaries = summariesOf(runs, analysis.runs);
  writeFiles(out, reportTableFiles({ manifest, runs, analysis, tables }, summaries));
  writeFileBelow(out, 'analysis.json', analysisJson({ analysis, remarks, texts }));
}

/** Summaries of so many runs stay in memory from one table to the next; those of others are made for each. */
const mostSummaries = 1000;

function summariesOf(runs: readonly Run[], dynamics: readonly RunDynamics[]): Iterable<RunSummary> {
  const kept: RunSummary[] = [];
  return {
    *[Symbol.iterator]() {
      for (const [i, run] of runs.entries()) {
        const summary = kept[i] ?? runSummary(run, dynamics[i]);
        if (i < mostSummaries) kept[i] = summary;
        yield summary;
      }
    },
  };
}

/** `analysis.json`, of which the runs and groups are many: piece by piece, as far as it is known from what was kept. */
export function* analysisJson({
  analysis,
  remarks,
  texts,
}: Pick<AnalyzedStudy, 'analysis' | 'remarks' | 'texts'>): Generator<string> {
  const found = texts === undefined ? analysis : { ...analysis, ...writtenParts(analysis, texts) };
  yield* jsonPieces({ ...found, remarks }, { plain: plainNumbers });
  yield '\n';
}

function writtenParts({ runs, seedGroups }: StudyAnalysis, texts: AnalysisTexts) {
  const written = (pieces: () => Iterable<string>): WrittenJson => new WrittenJson(pieces);
  const groupPieces = (group: SeedGroup, g: number): Generator<string> => {
    const curves = texts.curves(g, group);
    const layers = group.layers.map((layer, l) => ({ ...layer, curve: written(() => [curves[l]]) }));
    const piecewise = layers.map((layer) => written(() => jsonPieces(layer)));
    return jsonPieces({ ...group, layers: piecewise }, { plain: plainNumbers });
  };
  return {
    runs: runs.map((run, i) => written(() => [texts.run(i, run)])),
    seedGroups: seedGroups.map((group, g) => written(() => groupPieces(group, g))),
  };
}

/** Writes what was simulated of a detector: `validity.json`, its tables and its figures as SVG. */
export async function writeValidity(
  report: ValidityReport,
  out: string,
  look: DrawingOptions = {},
): Promise<void> {
  const { validityFiles } = await import('../report/validity/validity-files.ts');
  writeFiles(out, await validityFiles(report, look));
}

/**
 * Writes what was simulated of descriptions of curves: `stretches-validity.json`, and its tables.
 *
 * @example
 * writeStretchesValidity(await measureStretches({ series: 10, lengths: [40], parts: ['nulls'] }), 'validity');
 */
export function writeStretchesValidity(report: StretchesReport, out: string): void {
  writeFiles(
    out,
    new Map([
      ...tableFiles(stretchesTables(report)),
      ['stretches-validity.json', `${JSON.stringify(report, null, 2)}\n`],
    ]),
  );
}

/** Writes one result as JSON. */
export function writeJson(result: object, out: string, name: string): void {
  writeFiles(out, new Map([[name, `${JSON.stringify(result, null, 2)}\n`]]));
}
