import { Command } from 'commander';
import { detectorNames } from '../../detectors/registry.ts';
import { changesInWords } from '../../dynamics/changes-in-words.ts';
import { plainLine } from '../../errors/plain-text.ts';
import { inWords, scoreEvents } from '../../findings/known-events.ts';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import type { Run } from '../../measurements/types.ts';
import type { TableFormat } from '../../tables/table-files.ts';
import { counted, intervalName } from '../../wording/sentences.ts';
import { analyzeStudyIn } from '../../workbench/examine-study.ts';
import { analysisJson, writeAnalysis } from '../../workbench/write-results.ts';
import {
  type AnalysisFlags,
  addAgainstOption,
  addAnalysisOptions,
  addTablesOption,
  addWorkersOption,
  analysisChoice,
  workChoice,
} from '../analysis-options.ts';
import { describeCurves } from '../describe-curves.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { describeRunChanges } from '../describe-run-changes.ts';
import { withProgress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { print, printPieces } from '../terminal.ts';

interface AnalyzeFlags extends AnalysisFlags {
  readonly out?: string;
  readonly tables?: readonly TableFormat[];
  readonly json?: boolean;
}

export function analyzeCommand(): Command {
  const command = new Command('analyze')
    .description(
      'Say what every layer does and when: rises, falls, jumps, stability, order, critical periods; and when runs as a whole changed',
    )
    .argument('<study>', 'folder of a study')
    .option('-o, --out <folder>', 'where the tables and analysis.json go (default: <study>/analysis)')
    .option('--json', 'print the whole analysis as JSON instead of writing files');
  return addAnalysisOptions(addAgainstOption(addWorkersOption(addTablesOption(command))))
    .addHelpText(
      'after',
      `
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope analyze my-study
  $ rankscope analyze my-study --against my-controls
  $ rankscope analyze my-study --metric stable_rank --json | jq '.rates'`,
    )
    .action(async (directory: string, flags: AnalyzeFlags) => {
      const analyzed = await withProgress(flags.quiet, (onProgress) =>
        analyzeStudyIn(directory, {
          ...analysisChoice(flags),
          against: flags.against,
          ...workChoice(flags),
          onProgress,
        }),
      );
      const { runs, analysis, remarks } = analyzed;
      if (flags.json) {
        printPieces(analysisJson(analyzed));
        return;
      }
      const out = flags.out ?? `${directory}/analysis`;
      writeAnalysis(analyzed, out, flags.tables);
      if (!flags.quiet) {
        print([describeAnalysis(runs, analysis), ...describeRemarks(remarks), `Tables: ${out}`].join('\n'));
      }
    });
}

/** The analysis in a screenful: what happened, how often each architecture is fast, and what to measure next. */
export function describeAnalysis(runs: readonly Run[], analysis: StudyAnalysis): string {
  const { seriesId, detector, alpha, rates, jumpTypes, falseDiscoveries, advice } = analysis;
  const rows = rates
    .filter(({ by }) => by === 'architecture')
    .map(({ group, runs: count, layers, rate }) => [
      group,
      count,
      layers,
      layers === 0 ? 'not described' : rate.count,
      rate.determined ? rate.per1000.toFixed(3) : '–',
      rate.determined ? rate.interval.map((end) => end.toFixed(3)).join(' – ') : rate.reason,
    ]);
  const header = [
    'architecture',
    'runs',
    'layers described',
    'jumps and fast stretches',
    'per layer and 1,000 steps',
    intervalName(alpha),
  ];
  const types = jumpTypes.determined
    ? jumpTypes.types === 1
      ? 'none: one group (gap statistic)'
      : `${jumpTypes.types} (gap statistic)`
    : `not determined: ${jumpTypes.reason}`;
  return [
    `${counted(runs.length, 'run')}, metric ${seriesId}, alpha ${alpha}`,
    '',
    ...describeCurves(analysis),
    ...scoreEvents(runs, analysis.runs).map((event) => plainLine(`Known: ${inWords(event)}`)),
    '',
    ...describeRunChanges(analysis),
    '',
    formatTable(header, rows),
    `Steps out of a smooth trend (${detector}): ${changesInWords(falseDiscoveries)}`,
    `Types of jumps and fast stretches: ${types}`,
    ...advice.map(({ message }) => plainLine(`To measure: ${message}`)),
  ].join('\n');
}
