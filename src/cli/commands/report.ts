import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { shellWord } from '../../formats/shell-word.ts';
import type { TableFormat } from '../../tables/table-formats.ts';
import { analyzeStudyIn, type ExaminedStudy, examineStudy } from '../../workbench/examine-study.ts';
import { insideRuns } from '../../workbench/inside-runs.ts';
import { writeFragment, writeReport } from '../../workbench/write-report.ts';
import {
  addAnalysisOptions,
  addTablesOption,
  addWorkersOption,
  analysisChoice,
  type ExaminationFlags,
  examinationChoice,
  workChoice,
} from '../analysis-options.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { withProgress } from '../progress.ts';
import { refuseNeedless } from '../refuse-needless.ts';
import { assertRoomInStudy } from '../room-in-study.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { print, printJsonText } from '../terminal.ts';

interface ReportFlags extends ExaminationFlags, StyleFlag {
  readonly out?: string;
  readonly inside?: boolean;
  readonly png?: boolean;
  readonly tables?: readonly TableFormat[];
  readonly json?: boolean;
  readonly fragment?: boolean;
}

/** What the command `test` is told beside. */
interface TestedFlags {
  readonly plan?: string;
  readonly hypotheses?: readonly string[];
}

export function reportCommand(): Command {
  const command = new Command('report')
    .description('Write the report of a study: one offline page, figures, tables, JSON')
    .argument('<study>', 'folder of a study')
    .option('-o, --out <folder>', 'where the report goes (default: <study>/report)')
    .option('--claims <file>', 'YAML or JSON with claims to audit (see: rankscope audit --help)')
    .option('--checkpoints <folder>', 'weights of the runs, one sub-folder per run')
    .option('--no-inside', 'no pictures of what the checkpoints hold')
    .option('--png', 'figures as PNG too, 300 dpi')
    .addOption(styleOption())
    .option(
      '--fragment',
      'write fragment.html alone: sentences and figures, to be put into another page or a notebook',
    )
    .option('--json', 'print integrated_report.json to standard output as well');
  return addAnalysisOptions(addWorkersOption(addTablesOption(command)))
    .addHelpText(
      'after',
      `
Examples:
  $ rankscope report my-study --metric stable_rank --png
  $ rankscope report my-study --style academic --png
  $ rankscope report my-study --tables csv       without Parquet, and so without the table of all measurements
  $ rankscope report my-study --fragment         in a notebook: HTML(filename="my-study/report/fragment.html")`,
    )
    .action(async (directory: string, flags: ReportFlags) => {
      assertRoomInStudy(directory, 'report', flags.out);
      if (flags.fragment) {
        await fragmentWithProgress(directory, flags);
        return;
      }
      const examined = await examineWithProgress(directory, flags);
      const page = await reportWithProgress(directory, examined, flags);
      if (flags.json || flags.quiet) return;
      print([...describeRemarks(examined.remarks), `Report: ${page}`].join('\n'));
    });
}

async function fragmentWithProgress(directory: string, flags: ReportFlags): Promise<void> {
  refuseNeedless(flags, ['png', 'tables', 'json', 'claims', 'checkpoints'], 'without --fragment');
  const analyzed = await withProgress(flags.quiet, (onProgress) =>
    analyzeStudyIn(directory, { ...analysisChoice(flags), ...workChoice(flags), onProgress }),
  );
  const file = await writeFragment(analyzed, flags.out ?? join(directory, 'report'), flags);
  if (!flags.quiet) print([...describeRemarks(analyzed.remarks), `Fragment: ${file}`].join('\n'));
}

/** Examines a study under progress bars; shared with `audit` and `demo`. */
export function examineWithProgress(directory: string, flags: ExaminationFlags): Promise<ExaminedStudy> {
  keepHeapSmall(directory);
  return withProgress(flags.quiet, (onProgress) =>
    examineStudy(directory, { ...examinationChoice(flags), onProgress }),
  );
}

/**
 * Writes the report of an examined study under a progress bar.
 *
 * @param command that makes it again, with these flags.
 * @returns the absolute path of the page.
 */
export async function reportWithProgress(
  directory: string,
  examined: ExaminedStudy,
  flags: ReportFlags & TestedFlags,
  command = 'report',
): Promise<string> {
  const inside = flags.inside === false ? undefined : await insideRuns(directory);
  const out = flags.out ?? join(directory, 'report');
  const { page } = await withProgress(flags.quiet, (onProgress) =>
    writeReport(examined, out, {
      ...{ png: flags.png, tables: flags.tables, style: flags.style },
      inside,
      commands: [reproductionOf(command, directory, flags)],
      onProgress,
    }),
  );
  if (flags.json) printJsonText(readFileSync(join(out, 'integrated_report.json'), 'utf8'));
  return page;
}

/** The options that a report depends on. */
const decisive = [
  ...(['metric', 'detector', 'alpha', 'seed', 'claims', 'checkpoints'] as const),
  ...(['plan', 'hypotheses', 'tables', 'style'] as const),
];

function reproductionOf(command: string, directory: string, flags: ReportFlags & TestedFlags): string {
  const options = decisive.flatMap((name) =>
    flags[name] === undefined ? [] : [` --${name} ${shellWord(String(flags[name]))}`],
  );
  return `rankscope ${command} ${shellWord(directory)}${options.join('')}`;
}
