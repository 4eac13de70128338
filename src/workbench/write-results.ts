import { runSummary } from '../dynamics/run-summary.ts';
import type { DrawingOptions } from '../figures/render-svg.ts';
import { writeFileBelow, writeFiles } from '../files/write-files.ts';
import { jsonPieces } from '../formats/json-pieces.ts';
import { plainNumbers } from '../report/json/plain-numbers.ts';
import { reportTableFiles } from '../report/tables/report-tables.ts';
import { stretchesTables } from '../report/validity/stretches-tables.ts';
import { tableFiles } from '../tables/table-files.ts';
import type { TableFormat } from '../tables/table-formats.ts';
import type { StretchesReport } from '../validity/curves/measure-stretches.ts';
import type { ValidityReport } from '../validity/harness/report.ts';
import type { AnalyzedStudy } from './examine-study.ts';

/**
 * Writes the tables of an analyzed study, and all of it as `analysis.json`.
 *
 * @param tables formats of the tables; all if absent.
 * @example
 * writeAnalysis(await analyzeStudyIn('my-study'), 'my-study/analysis');
 */
export function writeAnalysis(
  { manifest, runs, analysis, remarks }: AnalyzedStudy,
  out: string,
  tables?: readonly TableFormat[],
): void {
  const summaries = runs.map((run, i) => runSummary(run, analysis.runs[i]));
  writeFiles(out, reportTableFiles({ manifest, runs, analysis, tables }, summaries));
  writeFileBelow(out, 'analysis.json', analysisJson({ analysis, remarks }));
}

/** `analysis.json`, of which the runs and groups are many: piece by piece. */
export function* analysisJson({
  analysis,
  remarks,
}: Pick<AnalyzedStudy, 'analysis' | 'remarks'>): Generator<string> {
  yield* jsonPieces({ ...analysis, remarks }, { plain: plainNumbers });
  yield '\n';
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
