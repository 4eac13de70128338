import { resolve } from 'node:path';
import type { DrawingOptions } from '../figures/render-svg.ts';
import { writeFileBelow, writeFiles } from '../files/write-files.ts';
import type { StudyRemark } from '../measurements/study-remarks.ts';
import type { TableFormat } from '../tables/table-formats.ts';
import type { AnalyzedStudy, ExaminedStudy } from './examine-study.ts';
import type { InsideStudy } from './inside-runs.ts';
import type { OnProgress } from './progress.ts';
import { tool } from './provenance.ts';
import type { TestedStudy } from './test-study.ts';

export interface WriteReportOptions extends DrawingOptions {
  /** Figures as PNG (300 dpi) too. */
  readonly png?: boolean;
  /** Formats of the tables; all if absent. */
  readonly tables?: readonly TableFormat[];
  /** What some checkpoints hold, see `insideRuns`; nothing if absent. */
  readonly inside?: InsideStudy;
  /** The command that makes the report again, for its last section. */
  readonly commands?: readonly string[];
  readonly onProgress?: OnProgress;
}

/**
 * Writes the report of an examined study into a folder: one offline page, the same as JSON, its tables and figures.
 *
 * @returns the absolute path of the page, and the paths of all files in the folder.
 * @example
 * const { page } = await writeReport(await examineStudy('my-study'), 'my-study/report');
 */
export async function writeReport(
  { manifest, runs, remarks, analysis, checks, audit, tested }: ExaminedStudy & Partial<TestedStudy>,
  out: string,
  { png, tables, style, commands = [], inside, onProgress }: WriteReportOptions = {},
): Promise<{ readonly page: string; readonly files: readonly string[] }> {
  // Loaded when needed: the chart libraries would slow down whatever draws nothing.
  const [{ reportFiles }, { evidenceFigures }] = await Promise.all([
    import('../report/build-report.ts'),
    import('../figures/evidence-figures.ts'),
  ]);
  const files = reportFiles(
    {
      manifest,
      runs,
      analysis,
      warnings: [
        ...remarks.filter(isNews).map((remark) => ({ ...remark, layer: null })),
        ...checks,
        ...(inside?.missing ?? []).map(notDrawn),
      ],
      inside: inside?.runs,
      findings: audit?.findings,
      audited: audit ?? undefined,
      tool,
      tested,
      figures: audit === null ? undefined : evidenceFigures(audit),
      ...{ png, tables, style },
      reproduce: { commands },
    },
    (done, run) => onProgress?.({ stage: 'drawing', done, total: runs.length, what: run }),
  );
  const written: string[] = [];
  for await (const [path, content] of files) {
    writeFileBelow(out, path, content);
    written.push(path);
  }
  return { page: resolve(out, 'index.html'), files: written };
}

/**
 * Writes what happened in a study as a piece of HTML to be put into another page; see `reportFragment`.
 *
 * @returns the absolute path of the file.
 * @example
 * await writeFragment(await analyzeStudyIn('my-study'), 'my-study/report');
 */
export async function writeFragment(
  { manifest, runs, analysis }: AnalyzedStudy,
  out: string,
  { style }: DrawingOptions = {},
): Promise<string> {
  const { reportFragment } = await import('../report/report-fragment.ts');
  writeFiles(out, new Map([['fragment.html', await reportFragment({ manifest, runs, analysis, style })]]));
  return resolve(out, 'fragment.html');
}

function notDrawn({ run, reason }: InsideStudy['missing'][number]) {
  const message = `The checkpoints could not be drawn: ${reason}`;
  return { run, layer: null, check: 'unread-checkpoints', severity: 'info' as const, message };
}

/** Runs that were interrupted the data checks report, those that stopped by themselves with them. */
function isNews({ check }: StudyRemark): boolean {
  return check !== 'interrupted-run';
}
