import type { Command } from 'commander';
import { type DetectorName, detectorNames } from '../detectors/registry.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { plainLine } from '../errors/plain-text.ts';
import type { Run } from '../measurements/types.ts';
import { tableFormats } from '../tables/table-formats.ts';
import { controlRuns } from '../workbench/control-runs.ts';
import type { AnalysisChoice, ExaminationChoice, StudyChoice } from '../workbench/examine-study.ts';
import { names, share, someOf, wholeNumber } from './option-values.ts';
import { printError } from './terminal.ts';

/** Options that every command that analyses a study takes. */
export interface AnalysisFlags {
  readonly metric?: string;
  readonly detector?: string;
  readonly alpha?: number;
  readonly seed?: number;
  readonly against?: readonly string[];
  readonly workers?: number;
  readonly cache?: string | boolean;
  readonly quiet?: boolean;
}

/** Options of every command that examines claims. */
export interface ExaminationFlags extends AnalysisFlags {
  readonly claims?: string;
  readonly checkpoints?: string;
}

export function addAnalysisOptions(command: Command): Command {
  return command
    .option('--metric <series>', 'series to analyze, e.g. participation_ratio or stable_rank.raw')
    .option('--detector <name>', 'change detector')
    .option('--alpha <share>', 'error rate of detector and intervals (default: 0.05)', share)
    .option('--seed <number>', 'seed of permutations and clustering (default: 0)', wholeNumber(0))
    .option('-q, --quiet', 'no progress and no table');
}

/** For commands that analyze many runs. */
export function addWorkersOption(command: Command): Command {
  return command
    .option(
      '--workers <number>',
      'threads that analyze (default: as many as there are cores)',
      wholeNumber(1),
    )
    .option('--cache <folder>', 'where it keeps what it finds out of each run (default: <study>/cache)')
    .option('--no-cache', 'find everything out anew, and keep nothing');
}

/** What `addWorkersOption` says, and that it is told where nothing could be kept: that costs time, not the answer. */
export function workChoice({
  workers,
  cache,
}: AnalysisFlags): Pick<StudyChoice, 'workers' | 'cache' | 'onCache'> {
  return {
    workers,
    cache: typeof cache === 'string' || cache === false ? cache : undefined,
    onCache: ({ trouble }) => {
      if (trouble !== null) printError(`Note: nothing is kept for the next time: ${plainLine(trouble)}`);
    },
  };
}

/** For commands that say when a run as a whole changed. */
export function addAgainstOption(command: Command): Command {
  return command.option(
    '--against <runs>',
    'compare runs as a whole with these control runs: names of runs, with commas, or folders of studies',
    names,
  );
}

/** For commands that write tables. */
export function addTablesOption(command: Command): Command {
  return command.option(
    '--tables <formats>',
    `formats of the tables, with commas: ${tableFormats.join(', ')} (default: all; measurements as parquet alone, and only up to a million of them)`,
    someOf(tableFormats),
  );
}

/** The runs that --against names; undefined without it. @param directory folder of the study that is looked at. */
export function controlsAskedFor(directory: string, { against }: AnalysisFlags): readonly Run[] | undefined {
  return against === undefined ? undefined : controlRuns(directory, against);
}

/** What the options say to whatever analyzes. @throws InputError for a detector that is not known. */
export function analysisChoice({ metric, detector, alpha, seed }: AnalysisFlags) {
  const known = detector === undefined ? undefined : knownDetector(detector);
  return { metric, detector: known, alpha, seed } satisfies AnalysisChoice;
}

/** The same, with claims and checkpoints. */
export function examinationChoice(flags: ExaminationFlags): ExaminationChoice {
  return {
    ...analysisChoice(flags),
    ...workChoice(flags),
    claims: flags.claims,
    checkpoints: flags.checkpoints,
  };
}

function knownDetector(name: string): DetectorName {
  const known = detectorNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new InputError({ field: '--detector', value: name, allowed: oneOf(name, detectorNames) });
  }
  return known;
}
