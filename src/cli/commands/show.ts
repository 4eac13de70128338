import { Command } from 'commander';
import { type BeforeAfter, compareBeforeAfter, windowsAround } from '../../dynamics/before-after.ts';
import { criticalMoments } from '../../dynamics/critical-moments.ts';
import { detectorNames } from '../../dynamics/detectors.ts';
import { runSummary } from '../../dynamics/run-summary.ts';
import { trackSummaries } from '../../dynamics/track-summary.ts';
import { InputError } from '../../errors/input-error.ts';
import { commonSeries } from '../../findings/study-analysis.ts';
import type { StudyRemark } from '../../measurements/study-remarks.ts';
import { readStudy } from '../../measurements/study-store.ts';
import type { Run } from '../../measurements/types.ts';
import { createRandom } from '../../numerics/random.ts';
import { openRunOf } from '../../workbench/open-study.ts';
import {
  type AnalysisFlags,
  addAgainstOption,
  addAnalysisOptions,
  analyzeWithProgress,
  controlsAskedFor,
} from '../analysis-options.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { describeComparison, describeMoments, describeRuns, describeSummary } from '../describe-run.ts';
import { describeTracks } from '../describe-tracks.ts';
import { wholeNumber } from '../option-values.ts';
import { print, printError, printJson } from '../terminal.ts';

interface ShowFlags extends AnalysisFlags {
  readonly moments?: number;
  readonly largestDifferences?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly window?: number;
  readonly json?: boolean;
}

const defaultMoments = 5;

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
    .option('--json', 'print everything as JSON');
  return addAnalysisOptions(addAgainstOption(command))
    .addHelpText(
      'after',
      `
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope show my-study
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0
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
        refuseWithoutRun(flags);
        const { runs, remarks } = readStudy(directory);
        const summaries = runs.map((run) => runSummary(run, null));
        show(summaries, remarks, () => describeRuns(summaries));
        return;
      }
      const { run, remarks } = openRunOf(directory, id, flags.metric);
      const shown = showRun(run, flags, controlsAskedFor(directory, flags));
      show(shown, remarks, () => describeShown(shown));
    });
}

/** All that is shown of one run; what was not asked for, or cannot be had, is null. */
function showRun(run: Run, flags: ShowFlags, against?: readonly Run[]) {
  const comparison = compareSteps(run, flags);
  const analyzable = flags.metric !== undefined || commonSeries([run]).length > 0;
  const dynamics = analyzable ? analyzeWithProgress([run], flags, against).runs[0] : null;
  const { moments = comparison === null ? defaultMoments : 0, window, largestDifferences } = flags;
  if (moments > 0 && window === 0) {
    throw new InputError({ field: '--window', value: 0, allowed: 'at least 1 for critical moments' });
  }
  return {
    summary: runSummary(run, dynamics),
    moments:
      dynamics === null || moments === 0
        ? null
        : criticalMoments(run, dynamics, { moments, window, largestDifferences }),
    comparison,
    tracks: trackSummaries(run),
  };
}

function compareSteps(
  run: Run,
  { from, to, window, metric, alpha, seed = 0 }: ShowFlags,
): BeforeAfter | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) {
    throw new InputError({ field: from === undefined ? '--from' : '--to', allowed: 'both --from and --to' });
  }
  return compareBeforeAfter(run, {
    ...windowsAround(run.steps, from, to, window),
    rng: createRandom(seed).fork(run.id).fork('before and after'),
    seriesIds: metric === undefined ? undefined : [metric],
    alpha,
  });
}

function describeShown({ summary, moments, comparison, tracks }: ReturnType<typeof showRun>): string {
  return [
    describeSummary(summary),
    ...(tracks.length === 0 ? [] : [describeTracks(tracks)]),
    ...(moments === null ? [] : [describeMoments(moments)]),
    ...(comparison === null ? [] : [describeComparison(comparison)]),
  ].join('\n\n');
}

function refuseWithoutRun({ moments, largestDifferences, from, to, window, against }: ShowFlags): void {
  const given = Object.entries({
    moments,
    'largest-differences': largestDifferences,
    from,
    to,
    window,
    against,
  });
  const needless = given.find(([, value]) => value !== undefined);
  if (needless !== undefined) {
    throw new InputError({ field: `--${needless[0]}`, allowed: 'together with the name of a run' });
  }
}
