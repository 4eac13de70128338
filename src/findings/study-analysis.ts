import { canDerive, derivedSeries, withSeries } from '../derived/derive-series.ts';
import { type DetectorName, defaultDetector } from '../detectors/registry.ts';
import { analyzeRun, curveAlpha, type RunDynamics } from '../dynamics/analyze-run.ts';
import { type FalseDiscoveryControl, falseDiscoveryControl } from '../dynamics/false-discoveries.ts';
import { type JumpTypes, jumpTypes, stretchFeatures } from '../dynamics/jump-types.ts';
import { fastStretches } from '../dynamics/stretches/fast-stretches.ts';
import { type HoldingStretches, stretchesThatHold } from '../dynamics/stretches/stretches-that-hold.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import { createRandom } from '../numerics/random.ts';
import { controlsOf } from './controls-of.ts';
import { type GroupRate, groupRates } from './group-rates.ts';
import { type MeasurementAdvice, measurementAdvice } from './measurement-advice.ts';
import { type SeedGroup, seedGroups } from './seed-groups.ts';

/** Series that an analysis prefers, best first: centered before raw, eigenvalues before singular values. */
const preferredSeries = [
  'participation_ratio',
  'stable_rank',
  'stable_rank.raw',
  'participation_ratio.raw',
  'participation_ratio_singular.raw',
];

export interface StudyAnalysisOptions {
  /** The series to analyze, logged or derived (see `derivedSeries`); by default the best that every layer of every run has. */
  readonly seriesId?: string;
  readonly detector?: DetectorName;
  /** Nominal error rate of the detector and of the intervals. Default 0.05. */
  readonly alpha?: number;
  /** Seed of permutations, shifts and clustering. Default 0. */
  readonly seed?: number;
  /** What is varied between the runs on purpose: rates are taken by it too, and it keeps runs apart; see `studyFactors`. */
  readonly factors?: StudyFactors;
  /**
   * Control runs, of this study or of another: each run as a whole is compared with those of its network and data, itself left out,
   * instead of with its own past.
   */
  readonly against?: readonly Run[];
  /** Called after each run. */
  readonly onRun?: (done: number, run: string) => void;
}

/** The dynamics of every run of a study, and what they have in common. */
export interface StudyAnalysis {
  readonly seriesId: string;
  readonly detector: DetectorName;
  readonly alpha: number;
  readonly seed: number;
  readonly runs: readonly RunDynamics[];
  /** What layers do over runs that differ in the seed alone. */
  readonly seedGroups: readonly SeedGroup[];
  readonly heldStretches: HeldStretches;
  /** Of jumps and fast rises and falls. */
  readonly jumpTypes: JumpTypes;
  /** Which changes of the step detector hold over all series of the study together, at the false discovery rate `alpha`. */
  readonly falseDiscoveries: FalseDiscoveryControl;
  /** Jumps and fast stretches per layer and 1,000 training steps, by network family, by architecture and by every factor. */
  readonly rates: readonly GroupRate[];
  /** What to measure otherwise, where the measurements leave something open. */
  readonly advice: readonly MeasurementAdvice[];
}

/** Which rises and falls hold when all curves of a study are looked at together, at its false discovery rate. */
export interface HeldStretches {
  /** Over the curves of single runs. */
  readonly inRuns: HoldingStretches;
  /** Over the layers of all groups of seeds; null where no runs differ in the seed alone. */
  readonly overSeeds: HoldingStretches | null;
}

/**
 * Analyzes one measured series of every layer in every run: what its curve does, stabilization, jumps, convergence order,
 * critical periods, and over the whole study what layers do over seeds, which stretches hold, types and rates of jumps.
 *
 * @throws InputError if no run is given or the series is not in the logs.
 * @example
 * const { rates } = analyzeStudy(readStudy('my-study').runs, { seriesId: 'participation_ratio' });
 */
export function analyzeStudy(runs: readonly Run[], options: StudyAnalysisOptions = {}): StudyAnalysis {
  const seriesId = chooseSeries(runs, options.seriesId);
  const measured = runs.map((run) => withSeries(run, seriesId));
  const { detector = defaultDetector, alpha = 0.05, seed = 0, factors = {}, against } = options;
  const random = createRandom(seed);
  const analyzed = measured.map((run, i) => {
    const dynamics = analyzeRun(run, {
      seriesId,
      detector,
      alpha,
      rng: random.fork(run.id),
      against: controlsOf([runs[i]], against),
    });
    options.onRun?.(i + 1, run.id);
    return dynamics;
  });
  const features = analyzed.flatMap(({ layers }, i) =>
    layers.flatMap(({ curve }) =>
      fastStretches(curve).map((stretch) => stretchFeatures(stretch, runs[i].plannedSteps)),
    ),
  );
  const groups = seedGroups(measured, analyzed, { seriesId, alpha, factors, against });
  return {
    seriesId,
    detector,
    alpha,
    seed,
    runs: analyzed,
    seedGroups: groups,
    heldStretches: heldStretches(analyzed, groups, curveAlpha(alpha)),
    jumpTypes: jumpTypes(features, random.fork('jump types')),
    falseDiscoveries: falseDiscoveryControl(
      analyzed.flatMap(({ layers }) => layers.map(({ detection }) => detection)),
      alpha,
    ),
    rates: [
      ...groupRates('family', runs, analyzed, ({ family }) => family, alpha),
      ...groupRates('architecture', runs, analyzed, ({ architecture }) => architecture, alpha),
      ...Object.entries(factors).flatMap(([name, levels]) =>
        groupRates(
          name,
          runs,
          analyzed,
          ({ id }) => (Object.hasOwn(levels, id) ? String(levels[id]) : null),
          alpha,
        ),
      ),
    ],
    advice: measurementAdvice(measured, analyzed),
  };
}

/** Every series id that all layers of all runs have. */
export function commonSeries(runs: readonly Run[]): string[] {
  const [first, ...rest] = runs.flatMap(({ layers }) => layers.map(({ series }) => series));
  return first === undefined ? [] : [...first.keys()].filter((id) => rest.every((series) => series.has(id)));
}

/**
 * The series to analyze: the one wanted, or the best that every layer of every run has.
 *
 * @throws InputError if no run has a series, or not the one wanted.
 */
export function chooseSeries(runs: readonly Run[], wanted: string | undefined): string {
  const common = commonSeries(runs);
  if (common.length === 0)
    throw new InputError({
      field: 'study',
      allowed: 'at least one run with a metric that all its layers share',
    });
  if (wanted === undefined) return preferredSeries.find((id) => common.includes(id)) ?? common[0];
  if (!common.includes(wanted) && !runs.every((run) => canDerive(run, wanted)))
    throw new InputError({
      field: 'metric',
      value: wanted,
      allowed: oneOf(wanted, [...common, ...derivable(runs, common)]),
    });
  return wanted;
}

/** Series that no log has, but every run's log holds the spectra for. */
function derivable(runs: readonly Run[], logged: readonly string[]): string[] {
  return [...derivedSeries.keys()].filter(
    (id) => !logged.includes(id) && runs.every((run) => canDerive(run, id)),
  );
}

function heldStretches(
  runs: readonly RunDynamics[],
  groups: readonly SeedGroup[],
  rate: number,
): HeldStretches {
  const inRuns = runs.flatMap(({ layers }) => layers.map(({ curve }) => curve));
  const overSeeds = groups.flatMap(({ layers }) => layers.map(({ curve }) => curve));
  return {
    inRuns: stretchesThatHold(inRuns, rate),
    overSeeds: overSeeds.length === 0 ? null : stretchesThatHold(overSeeds, rate),
  };
}
