import { Command, Option } from 'commander';
import { detectorNames } from '../../detectors/registry.ts';
import { runSummary } from '../../dynamics/run-summary.ts';
import type { StudyRemark } from '../../measurements/study-remarks.ts';
import { defaultMoments, type ExaminedRun, examineRun } from '../../workbench/examine-run.ts';
import { openRunOf, openStudy } from '../../workbench/open-study.ts';
import {
  type AnalysisFlags,
  addAgainstOption,
  addAnalysisOptions,
  analysisChoice,
  controlsAskedFor,
} from '../analysis-options.ts';
import { drawLayers, stripLegend } from '../curves/draw-layers.ts';
import { type StepScale, stepScales } from '../curves/step-axis.ts';
import { describeMoments } from '../describe-moments.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { describeComparison, describeRuns, describeSummary } from '../describe-run.ts';
import { describeTracks } from '../describe-tracks.ts';
import { mostListed } from '../first-of.ts';
import { wholeNumber } from '../option-values.ts';
import { withProgress } from '../progress.ts';
import { refuseNeedless } from '../refuse-needless.ts';
import { print, printError, printJson, terminalWidth } from '../terminal.ts';

interface ShowFlags extends AnalysisFlags {
  readonly all?: boolean;
  readonly moments?: number;
  readonly largestDifferences?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly window?: number;
  readonly json?: boolean;
  readonly curves: boolean;
  readonly axis: StepScale;
}

export function showCommand(): Command {
  const command = new Command('show')
    .description(
      'Show a run: summary, when it changed as a whole, critical moments, before and after; without a run, list the runs',
    )
    .argument('<study>', 'folder of a study')
    .argument('[run]', 'name of a run in it')
    .option(
      '--moments <number>',
      `largest changes to show (default: ${defaultMoments}, or none with --from)`,
      wholeNumber(0),
    )
    .option(
      '--largest-differences',
      'where no change is detected, show the largest rates of change, untested',
    )
    .option('--from <step>', 'compare this training step …', wholeNumber(0))
    .option('--to <step>', '… with this one', wholeNumber(0))
    .option(
      '--window <steps>',
      'training steps taken in on either side of a change or step (default: 10 measurements)',
      wholeNumber(0),
    )
    .option('--no-curves', 'leave out the curves drawn in the terminal')
    .addOption(
      new Option('--axis <scale>', 'training steps of the drawn curves').choices(stepScales).default('log'),
    )
    .option('--all', `list every run; without it the first ${mostListed}`)
    .option('--json', 'print everything as JSON');
  return addAnalysisOptions(addAgainstOption(command))
    .addHelpText(
      'after',
      `
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope show my-study
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --moments 0 --axis linear
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --moments 2 --largest-differences
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --metric stable_rank --from 100 --to 1900 --window 50
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --against mlp_narrow_drawn_digits_seed1,mlp_narrow_drawn_digits_seed2
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --json | jq '.moments'`,
    )
    .action((directory: string, id: string | undefined, flags: ShowFlags) => {
      const show = (json: unknown, remarks: readonly StudyRemark[], describe: () => string): void => {
        const notes = describeRemarks(remarks);
        if (flags.json) {
          printJson(json, 2);
          // Beside the list of runs there is no room for them.
          for (const note of notes) printError(note);
        } else if (!flags.quiet) print([describe(), ...notes].join('\n'));
      };
      if (id === undefined) {
        refuseNeedless(
          flags,
          ['moments', 'largestDifferences', 'from', 'to', 'window', 'against'],
          'together with the name of a run',
        );
        const { runs, remarks } = openStudy(directory);
        const summaries = runs.map((run) => runSummary(run, null));
        show(summaries, remarks, () => describeRuns(summaries, flags.all));
        return;
      }
      refuseNeedless(flags, ['all'], 'without the name of a run');
      const { run, remarks } = openRunOf(directory, id, flags.metric);
      const shown = withProgress(flags.quiet, (onProgress) =>
        examineRun(run, {
          ...flags,
          ...analysisChoice(flags),
          against: controlsAskedFor(directory, flags),
          onProgress,
        }),
      );
      show(shown, remarks, () => describeShown(shown, flags));
    });
}

function describeShown(
  { summary, moments, comparison, tracks, curves }: ExaminedRun,
  { curves: drawn, axis }: ShowFlags,
): string {
  return [
    describeSummary(summary),
    ...(drawn && curves.length > 0
      ? [`${stripLegend}\n${drawLayers(curves, { columns: terminalWidth(), scale: axis })}`]
      : []),
    ...(tracks.length === 0 ? [] : [describeTracks(tracks)]),
    ...(moments === null ? [] : [describeMoments(moments)]),
    ...(comparison === null ? [] : [describeComparison(comparison)]),
  ].join('\n\n');
}
