import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readStudy } from '../../measurements/study-store.ts';
import { type AnalysisFlags, addAnalysisOptions, analyzeWithProgress } from '../analysis-options.ts';
import { startProgress } from '../progress.ts';
import { writeFiles } from '../write-files.ts';

interface ReportFlags extends AnalysisFlags {
  readonly out?: string;
  readonly png?: boolean;
  readonly json?: boolean;
}

export function reportCommand(): Command {
  const command = new Command('report')
    .description('Write the report of a study: one offline page, figures, tables, JSON')
    .argument('<study>', 'folder of a study')
    .option('-o, --out <folder>', 'where the report goes (default: <study>/report)')
    .option('--png', 'figures as PNG too, 300 dpi')
    .option('--json', 'print report.json to standard output as well');
  return addAnalysisOptions(command)
    .addHelpText('after', '\nExample:\n  $ rankscope report my-study --metric stable_rank --png')
    .action(async (directory: string, flags: ReportFlags) => {
      const page = await writeReport(directory, flags);
      if (!flags.json && !flags.quiet) process.stdout.write(`Report: ${page}\n`);
    });
}

/** Analyses a study and writes its report; returns the absolute path of the page. Shared with the demo. */
export async function writeReport(directory: string, flags: ReportFlags): Promise<string> {
  // Loaded when needed: the chart libraries would slow down every other command.
  const { buildReport } = await import('../../report/build-report.ts');
  const out = flags.out ?? join(directory, 'report');
  const { manifest, runs } = readStudy(directory);
  const analysis = analyzeWithProgress(runs, flags);
  const progress = startProgress('Drawing', runs.length, flags.quiet);
  try {
    const files = await buildReport(
      { manifest, runs, analysis, png: flags.png, reproduce: { commands: reproductionOf(directory, flags) } },
      (done, run) => progress.update(done, run),
    );
    writeFiles(out, files);
    if (flags.json) process.stdout.write(files.get('report.json') as string);
  } finally {
    progress.stop();
  }
  return resolve(out, 'index.html');
}

function reproductionOf(directory: string, { metric, detector, alpha, seed }: ReportFlags): string[] {
  const options = Object.entries({ metric, detector, alpha, seed })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` --${name} ${value}`);
  return [`rankscope report ${directory}${options.join('')}`];
}
