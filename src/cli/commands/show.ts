import { Command } from 'commander';
import { type BeforeAfter, compareBeforeAfter, windowsAround } from '../../dynamics/before-after.ts';
import { criticalMoments } from '../../dynamics/critical-moments.ts';
import { detectorNames } from '../../dynamics/detectors.ts';
import { runSummary } from '../../dynamics/run-summary.ts';
import { trackSummaries } from '../../dynamics/track-summary.ts';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { commonSeries } from '../../findings/study-analysis.ts';
import { listRuns, readStudy } from '../../measurements/study-store.ts';
import type { Run } from '../../measurements/types.ts';
import { createRandom } from '../../numerics/random.ts';
import { openRunOf } from '../../workbench/open-study.ts';
import { type AnalysisFlags, addAnalysisOptions, analyzeWithProgress } from '../analysis-options.ts';
import { describeComparison, describeMoments, describeRuns, describeSummary } from '../describe-run.ts';
import { describeTracks } from '../describe-tracks.ts';
import { wholeNumber } from '../option-values.ts';
import { print, printJson } from '../terminal.ts';

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
    .description('Show a run: summary, critical moments, before and after; without a run, list the runs')
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
  return addAnalysisOptions(command)
    .addHelpText(
      'after',
      `
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope show my-study
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --moments 2 --largest-differences
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --metric stable_rank --from 100 --to 1900 --window 50
  $ rankscope show my-study mlp_narrow_drawn_digits_seed0 --json | jq '.moments'`,
    )
    .action((directory: string, id: string | undefined, flags: ShowFlags) => {
      const show = (json: unknown, describe: () => string): void => {
        if (flags.json) printJson(json, 2);
        else if (!flags.quiet) print(describe());
      };
      if (id === undefined) {
        refuseWithoutRun(flags);
        const summaries = readStudy(directory).runs.map((run) => runSummary(run, null));
        show(summaries, () => describeRuns(summaries));
        return;
      }
      const shown = showRun(readNamedRun(directory, id, flags.metric), flags);
      show(shown, () => describeShown(shown));
    });
}

/** All that is shown of one run; what was not asked for, or cannot be had, is null. */
function showRun(run: Run, flags: ShowFlags) {
  const comparison = compareSteps(run, flags);
  const analysable = flags.metric !== undefined || commonSeries([run]).length > 0;
  const dynamics = analysable ? analyzeWithProgress([run], flags).runs[0] : null;
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

function readNamedRun(directory: string, id: string, metric: string | undefined): Run {
  const ids = listRuns(directory);
  if (!ids.includes(id)) throw new InputError({ field: 'run', value: id, allowed: oneOf(id, ids) });
  return openRunOf(directory, id, metric);
}

function refuseWithoutRun({ moments, largestDifferences, from, to, window }: ShowFlags): void {
  const given = Object.entries({ moments, 'largest-differences': largestDifferences, from, to, window });
  const needless = given.find(([, value]) => value !== undefined);
  if (needless !== undefined) {
    throw new InputError({ field: `--${needless[0]}`, allowed: 'together with the name of a run' });
  }
}
