import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import type { StudyRemark } from '../../measurements/study-remarks.ts';
import type { Run, StudyManifest } from '../../measurements/types.ts';
import { openStudy } from '../../workbench/open-study.ts';
import { type AnalysisFlags, addAnalysisOptions, analyzeWithProgress } from '../analysis-options.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { type Examination, type ExaminationFlags, examine } from '../examine.ts';
import { startProgress } from '../progress.ts';
import { print, printJsonText } from '../terminal.ts';
import { writeFiles } from '../write-files.ts';

interface ReportFlags extends AnalysisFlags, ExaminationFlags {
  readonly out?: string;
  readonly png?: boolean;
  readonly json?: boolean;
}

/** A study with everything that was found out about it. */
export interface ExaminedStudy {
  readonly manifest: StudyManifest;
  readonly runs: readonly Run[];
  readonly analysis: StudyAnalysis;
  readonly examination: Examination;
  readonly remarks: readonly StudyRemark[];
}

export function reportCommand(): Command {
  const command = new Command('report')
    .description('Write the report of a study: one offline page, figures, tables, JSON')
    .argument('<study>', 'folder of a study')
    .option('-o, --out <folder>', 'where the report goes (default: <study>/report)')
    .option('--claims <file>', 'YAML or JSON with claims to audit (see: rankscope audit --help)')
    .option('--checkpoints <folder>', 'weights of the runs, one sub-folder per run')
    .option('--png', 'figures as PNG too, 300 dpi')
    .option('--json', 'print report.json to standard output as well');
  return addAnalysisOptions(command)
    .addHelpText('after', '\nExample:\n  $ rankscope report my-study --metric stable_rank --png')
    .action(async (directory: string, flags: ReportFlags) => {
      const examined = examineStudy(directory, flags);
      const page = await writeReport(directory, examined, flags);
      if (flags.json || flags.quiet) return;
      print([...describeRemarks(examined.remarks), `Report: ${page}`].join('\n'));
    });
}

/** Reads, analyses and examines a study; shared with the demo. */
export function examineStudy(directory: string, flags: ReportFlags): ExaminedStudy {
  const { manifest, runs, remarks } = openStudy(directory, flags.metric);
  const analysis = analyzeWithProgress(runs, flags);
  return { manifest, runs, remarks, analysis, examination: examine(manifest, runs, analysis, flags) };
}

/** Writes the report of an examined study; returns the absolute path of the page. */
export async function writeReport(
  directory: string,
  { manifest, runs, remarks, analysis, examination: { audit, checks } }: ExaminedStudy,
  flags: ReportFlags,
): Promise<string> {
  // Loaded when needed: the chart libraries would slow down every other command.
  const [{ buildReport }, { evidenceFigures }] = await Promise.all([
    import('../../report/build-report.ts'),
    import('../../figures/evidence-figures.ts'),
  ]);
  const out = flags.out ?? join(directory, 'report');
  const progress = startProgress('Drawing', runs.length, flags.quiet);
  try {
    const files = await buildReport(
      {
        manifest,
        runs,
        analysis,
        warnings: [...remarks.filter(isNews).map((remark) => ({ ...remark, layer: null })), ...checks],
        findings: audit?.findings,
        figures: audit === null ? undefined : evidenceFigures(audit),
        png: flags.png,
        reproduce: { commands: reproductionOf(directory, flags) },
      },
      (done, run) => progress.update(done, run),
    );
    writeFiles(out, files);
    if (flags.json) printJsonText(files.get('report.json') as string);
  } finally {
    progress.stop();
  }
  return resolve(out, 'index.html');
}

/** Runs that were interrupted the data checks report, those that stopped by themselves with them. */
function isNews({ check }: StudyRemark): boolean {
  return check !== 'interrupted-run';
}

function reproductionOf(
  directory: string,
  { metric, detector, alpha, seed, claims, checkpoints }: ReportFlags,
): string[] {
  const options = Object.entries({ metric, detector, alpha, seed, claims, checkpoints })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` --${name} ${value}`);
  return [`rankscope report ${directory}${options.join('')}`];
}
