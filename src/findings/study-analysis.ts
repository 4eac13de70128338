import { withSeries } from '../derived/derive-series.ts';
import { type DetectorName, defaultDetector } from '../detectors/registry.ts';
import { analyzeRun, curveAlpha, type RunDynamics } from '../dynamics/analyze-run.ts';
import { type FalseDiscoveryControl, falseDiscoveryControl } from '../dynamics/false-discoveries.ts';
import { type JumpFeatures, type JumpTypes, jumpTypes } from '../dynamics/jump-types.ts';
import {
  changesThatHold,
  type HoldingRunChanges,
  type TestedRun,
} from '../dynamics/run-changes/changes-that-hold.ts';
import { type HoldingStretches, stretchesThatHold } from '../dynamics/stretches/stretches-that-hold.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import { createRandom, type Random } from '../numerics/random.ts';
import { chooseSeries } from './choose-series.ts';
import { controlsOf } from './controls-of.ts';
import { type GroupRate, groupRates } from './group-rates.ts';
import { type JointFacts, jointFacts, jointFactsOfGroup } from './joint-facts.ts';
import { type MeasurementAdvice, measurementAdvice } from './measurement-advice.ts';
import {
  describedGroup,
  groupsOfSeeds,
  type SeedGroup,
  type SeedsTogether,
  seedsTogether,
} from './seed-groups.ts';

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
  readonly heldRunChanges: HeldRunChanges;
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

/** Which changes of runs as a whole hold over all that were tested, at the false discovery rate `alpha`. */
export interface HeldRunChanges {
  readonly inRuns: HoldingRunChanges;
  /** Over the groups of seeds; null where no runs differ in the seed alone. */
  readonly overSeeds: HoldingRunChanges | null;
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
  const choice = analysisSettings(runs, options);
  const measured = runs.map((run) => withSeries(run, choice.seriesId));
  const dynamics = measured.map((run, i) => {
    const analyzed = dynamicsOfRun(run, choice);
    options.onRun?.(i + 1, run.id);
    return analyzed;
  });
  const together = groupsOfSeeds(measured, options.factors).map(({ members }) =>
    seedsTogether(members, choice),
  );
  const joint = jointAnalysis(measured, { dynamics, together }, { ...choice, factors: options.factors });
  return joint.with(jumpTypes(joint.features, jumpTypesRandom(choice.seed)));
}

/** What every part of an analysis is done with. */
export interface AnalysisSettings {
  readonly seriesId: string;
  readonly detector: DetectorName;
  readonly alpha: number;
  readonly seed: number;
  readonly against?: readonly Run[];
}

/** Nothing left open. @throws InputError if no run is given or the series is not in the logs. */
export function analysisSettings(
  runs: readonly Run[],
  { seriesId, detector = defaultDetector, alpha = 0.05, seed = 0, against }: StudyAnalysisOptions,
): AnalysisSettings {
  return { seriesId: chooseSeries(runs, seriesId), detector, alpha, seed, against };
}

/** The part of an analysis that is about one run; it does not depend on the others. */
export function dynamicsOfRun(run: Run, { seed, against, ...choice }: AnalysisSettings): RunDynamics {
  return analyzeRun(run, {
    ...choice,
    rng: createRandom(seed).fork(run.id),
    against: controlsOf([run], against),
  });
}

/** What was found run by run, in the order of the runs, and group by group, in that of `groupsOfSeeds`. */
export interface AnalysisParts {
  readonly dynamics: readonly RunDynamics[];
  readonly together: readonly SeedsTogether[];
  /** False where some are read whenever they are looked at: what is made of all of them is then not kept either. Default true. */
  readonly inMemory?: boolean;
}

/** What the runs of a study have in common, but for the types of their jumps. */
export interface JointAnalysis {
  /** By which jumps are told apart; see `jumpTypes`. */
  readonly features: readonly JumpFeatures[];
  /** All of it. @param types of the jumps of these features. */
  with(types: JumpTypes): StudyAnalysis;
}

/** Chance in finding types of jumps. */
export function jumpTypesRandom(seed: number): Random {
  return createRandom(seed).fork('jump types');
}

/**
 * What the runs of a study have in common, from its parts.
 *
 * @param runs with the analyzed series.
 */
export function jointAnalysis(
  runs: readonly Run[],
  { dynamics, together, inMemory = true }: AnalysisParts,
  { seriesId, detector, alpha, seed, factors = {} }: AnalysisSettings & Pick<StudyAnalysisOptions, 'factors'>,
): JointAnalysis {
  const byRun = new Map(runs.map((run, i) => [run, dynamics[i]]));
  const groups = groupsOfSeeds(runs, factors).map((group, g) =>
    describedGroup(
      group,
      together[g],
      group.members.map((member) => byRun.get(member)!),
      inMemory,
    ),
  );
  const facts = runs.map((run, i) => jointFacts(run, dynamics[i]));
  const ofGroups = groups.map(jointFactsOfGroup);
  const counts = facts.map((own) => own.counts);
  const ratesBy = (by: string, groupOf: (run: Run) => string | null): GroupRate[] =>
    groupRates(by, runs, counts, groupOf, alpha);
  return {
    features: facts.flatMap((own) => own.features),
    with: (types) => ({
      seriesId,
      detector,
      alpha,
      seed,
      runs: dynamics,
      seedGroups: groups,
      heldStretches: heldStretches(facts, ofGroups, curveAlpha(alpha)),
      heldRunChanges: {
        inRuns: changesThatHold(changesOf(facts), alpha),
        overSeeds: groups.length === 0 ? null : changesThatHold(changesOf(ofGroups), alpha),
      },
      jumpTypes: types,
      falseDiscoveries: falseDiscoveryControl(
        facts.flatMap(({ series }) => series),
        alpha,
      ),
      rates: [
        ...ratesBy('family', ({ family }) => family),
        ...ratesBy('architecture', ({ architecture }) => architecture),
        ...Object.entries(factors).flatMap(([name, levels]) =>
          ratesBy(name, ({ id }) => (Object.hasOwn(levels, id) ? String(levels[id]) : null)),
        ),
      ],
      advice: measurementAdvice(runs, dynamics),
    }),
  };
}

type Tested = Pick<JointFacts, 'curves' | 'changes'>;

function changesOf(tested: readonly Tested[]): TestedRun[] {
  return tested.map(({ changes }) => changes);
}

function heldStretches(runs: readonly Tested[], groups: readonly Tested[], rate: number): HeldStretches {
  const [inRuns, overSeeds] = [runs, groups].map((tested) => tested.flatMap(({ curves }) => curves));
  return {
    inRuns: stretchesThatHold(inRuns, rate),
    overSeeds: overSeeds.length === 0 ? null : stretchesThatHold(overSeeds, rate),
  };
}
