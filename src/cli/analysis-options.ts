import type { Command } from 'commander';
import { type DetectorName, detectorNames } from '../dynamics/detectors.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { analyzeStudy, type StudyAnalysis } from '../findings/study-analysis.ts';
import type { Run } from '../measurements/types.ts';
import { share, wholeNumber } from './option-values.ts';
import { startProgress } from './progress.ts';

/** Options that every command that analyses a study takes. */
export interface AnalysisFlags {
  readonly metric?: string;
  readonly detector?: string;
  readonly alpha?: number;
  readonly seed?: number;
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

export function analyzeWithProgress(runs: readonly Run[], flags: AnalysisFlags): StudyAnalysis {
  const progress = startProgress('Analyzing', runs.length, flags.quiet);
  try {
    return analyzeStudy(runs, {
      seriesId: flags.metric,
      detector: flags.detector === undefined ? undefined : knownDetector(flags.detector),
      alpha: flags.alpha,
      seed: flags.seed,
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
