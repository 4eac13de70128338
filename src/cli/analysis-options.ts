import type { Command } from 'commander';
import { type DetectorName, detectorNames } from '../dynamics/detectors.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { analyzeStudy, type StudyAnalysis } from '../findings/study-analysis.ts';
import type { Run } from '../measurements/types.ts';
import { controlRuns } from '../workbench/control-runs.ts';
import { names, share, wholeNumber } from './option-values.ts';
import { startProgress } from './progress.ts';

/** Options that every command that analyses a study takes. */
export interface AnalysisFlags {
  readonly metric?: string;
  readonly detector?: string;
  readonly alpha?: number;
  readonly seed?: number;
  readonly against?: readonly string[];
  readonly quiet?: boolean;
}

export function addAnalysisOptions(command: Command): Command {
  return command
    .option('--metric <series>', 'series to analyze, e.g. participation_ratio or stable_rank.raw')
    .option('--detector <name>', 'change detector')
    .option('--alpha <share>', 'error rate of detector and intervals (default: 0.05)', share)
    .option('--seed <number>', 'seed of permutations and clustering (default: 0)', wholeNumber(0))
    .option('-q, --quiet', 'no progress and no table');
}

/** For commands that say when a run as a whole changed. */
export function addAgainstOption(command: Command): Command {
  return command.option(
    '--against <runs>',
    'compare runs as a whole with these control runs instead of with their own past: names of runs, with commas, or folders of studies',
    names,
  );
}

/** The runs that --against names; undefined without it. @param directory folder of the study that is looked at. */
export function controlsAskedFor(directory: string, { against }: AnalysisFlags): readonly Run[] | undefined {
  return against === undefined ? undefined : controlRuns(directory, against);
}

export function analyzeWithProgress(
  runs: readonly Run[],
  flags: AnalysisFlags,
  against?: readonly Run[],
): StudyAnalysis {
  const progress = startProgress('Analyzing', runs.length, flags.quiet);
  try {
    return analyzeStudy(runs, {
      seriesId: flags.metric,
      detector: flags.detector === undefined ? undefined : knownDetector(flags.detector),
      alpha: flags.alpha,
      seed: flags.seed,
      against,
      onRun: (done, run) => progress.update(done, run),
    });
  } finally {
    progress.stop();
  }
}

function knownDetector(name: string): DetectorName {
  const known = detectorNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new InputError({ field: '--detector', value: name, allowed: oneOf(name, detectorNames) });
  }
  return known;
}
