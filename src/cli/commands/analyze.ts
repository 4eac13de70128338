import { Command, InvalidArgumentError } from 'commander';
import { detectorNames } from '../../detectors/registry.ts';
import { changesInWords } from '../../dynamics/changes-in-words.ts';
import { plainLine } from '../../errors/plain-text.ts';
import { inWords, scoreEvents } from '../../findings/known-events.ts';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import type { Run } from '../../measurements/types.ts';
import type { TableFormat } from '../../tables/table-formats.ts';
import { counted, intervalName } from '../../wording/sentences.ts';
import { analyzeShareOf, type Share } from '../../workbench/analyze-share.ts';
import { analyzeStudyIn } from '../../workbench/examine-study.ts';
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
import { refuseNeedless } from '../refuse-needless.ts';
import { assertRoomInStudy } from '../room-in-study.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { formatTable } from '../table.ts';
import { print, printPieces } from '../terminal.ts';

interface AnalyzeFlags extends AnalysisFlags {
  readonly out?: string;
  readonly tables?: readonly TableFormat[];
  readonly json?: boolean;
  readonly runs?: Share;
}

export function analyzeCommand(): Command {
  const command = new Command('analyze')
    .description(
      'Say what every layer does and when: rises, falls, jumps, stability, order, critical periods; and when runs as a whole changed',
    )
    .argument('<study>', 'folder of a study')
    .option('-o, --out <folder>', 'where the tables and analysis.json go (default: <study>/analysis)')
    .option('--json', 'print the whole analysis as JSON instead of writing files')
    .option(
      '--runs <i/n>',
      'analyze the i-th of n shares of the runs alone, i from 1, and keep it in the cache for an analysis of all: for array jobs',
      share,
    );
  return addAnalysisOptions(addAgainstOption(addWorkersOption(addTablesOption(command))))
    .addHelpText(
      'after',
      `
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope analyze my-study
  $ rankscope analyze my-study --against my-controls
  $ seq 1 8 | parallel rankscope analyze my-study --runs {}/8; rankscope analyze my-study
  $ rankscope analyze my-study --metric stable_rank --json | jq '.rates'`,
    )
    .action(async (directory: string, flags: AnalyzeFlags) => {
      keepHeapSmall(directory);
      if (flags.runs !== undefined) {
        await analyzeShare(directory, flags.runs, flags);
        return;
      }
      if (!flags.json) assertRoomInStudy(directory, 'analysis', flags.out);
      const analyzed = await withProgress(flags.quiet, (onProgress) =>
        analyzeStudyIn(directory, {
          ...analysisChoice(flags),
          against: flags.against,
          ...workChoice(flags),
          onProgress,
        }),
      );
      const { runs, analysis, remarks } = analyzed;
      const { analysisJson, writeAnalysis } = await import('../../workbench/write-results.ts');
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

async function analyzeShare(directory: string, share: Share, flags: AnalyzeFlags): Promise<void> {
  refuseNeedless(flags, ['out', 'json', 'tables'], 'without --runs');
  const { workers, cache } = workChoice(flags);
  const choice = { ...analysisChoice(flags), against: flags.against, workers, cache };
  const { runs, parts, known, folder } = await withProgress(flags.quiet, (onProgress) =>
    analyzeShareOf(directory, share, { ...choice, onProgress }),
  );
  if (flags.quiet) return;
  print(
    `Share ${share.index} of ${share.of}: ${counted(runs, 'run')}; of ${counted(parts, 'run and group', 'runs and groups')} ${known} were known. Kept in ${folder}`,
  );
}

/** Parses `i/n`. */
function share(text: string): Share {
  const [index, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).slice(1).map(Number);
  if (!(index >= 1 && of >= index))
    throw new InvalidArgumentError('allowed: i/n with i from 1 to n, e.g. 2/8');
  return { index, of };
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
