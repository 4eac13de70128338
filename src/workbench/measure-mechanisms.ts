import { InputError } from '../errors/input-error.ts';
import { clusterOf } from '../hypotheses/seed-clusters.ts';
import { checkpointCourses, coursePairs } from '../hypotheses/window-pairs.ts';
import { readRun } from '../measurements/log-store.ts';
import { existsStudy } from '../measurements/study-store.ts';
import { type CaseControl, caseControl, type WindowPair } from '../mechanisms/case-control.ts';
import { readingsInRun } from '../mechanisms/checkpoint-reading.ts';
import {
  type MeasureName,
  type MechanismValue,
  measureCheckpoint,
  mechanismMeasures,
} from '../mechanisms/measures.ts';
import { createRandom } from '../numerics/random.ts';
import type { CheckpointPlan } from '../planning/types.ts';
import {
  type AblationOptions,
  checkpointAblations,
  type PartAblation,
} from '../study/checkpoint-ablations.ts';
import { checkpointReadings } from '../study/checkpoint-readings.ts';
import type { RunPlan } from '../study/run-plan.ts';
import { type ClassAcquisition, classAcquisitions } from './class-acquisitions.ts';
import { measureSavedWeights } from './measure-saved-weights.ts';
import { type ProbedNetwork, probedReadings } from './probed-readings.ts';
import { lastOpened, runsWithCheckpoints } from './trained-runs.ts';

export interface RunMechanismValue extends MechanismValue {
  readonly run: string;
}

export interface RunAblation extends PartAblation {
  readonly run: string;
}

/** What the checkpoints of a study hold. */
export interface StudyMechanisms {
  readonly values: readonly RunMechanismValue[];
  /** What is lost with each part that was taken out; null where none was asked for. */
  readonly ablations: readonly RunAblation[] | null;
  /** When each class is acquired and forgotten. */
  readonly acquisitions: readonly ClassAcquisition[];
  /** Case against control; null without a plan. */
  readonly tests: readonly CaseControl[] | null;
  /** Files that were ignored and why, and how a network was read that another program trained; absent for a study. */
  readonly notes?: readonly string[];
  /** Runs without a checkpoint, which are left out. */
  readonly without: readonly string[];
}

export interface MechanismOptions {
  /** Names of runs; all that have checkpoints if absent. */
  readonly runs?: readonly string[];
  /** A plan with windows: measures are then tested, changes against controls. */
  readonly plan?: CheckpointPlan;
  /** False discovery rate over the measures; default 0.05. */
  readonly alpha?: number;
  /** Seed of the Monte Carlo test; default 0. */
  readonly seed?: number;
  /** Which parts to take out in turn, and what to put in their place; none if absent. It costs a pass of the network each. */
  readonly ablate?: AblationOptions;
  /** The network that the folder's checkpoints are of, where another program trained it; of weights alone if absent. */
  readonly network?: ProbedNetwork;
  /** Called after each checkpoint. */
  readonly onCheckpoint?: (done: number, total: number, run: string) => void;
}

/**
 * Takes every mechanism measure at every checkpoint of a study that was trained here (of a folder of checkpoints that another program
 * saved: those of weights, see `measureSavedWeights`, or given the ONNX file of their network all but ablation), and, given the plan that the checkpoints were saved
 * by, tests which measures change more across changes than across their matched controls.
 *
 * @throws InputError if the study was not trained here, has no checkpoint, or one is damaged.
 */
export async function measureMechanisms(
  directory: string,
  options: MechanismOptions = {},
): Promise<StudyMechanisms> {
  if (options.network !== undefined) return ofProbedNetwork(directory, options.network, options);
  if (!existsStudy(directory)) return ofWeightsAlone(directory, options);
  const runs = runsWithCheckpoints(directory, options.runs);
  const total = runs.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  const values: RunMechanismValue[] = [];
  const ablations: RunAblation[] = [];
  const datasetOf = lastOpened();
  let done = 0;
  for (const { plan, checkpoints } of runs) {
    if (checkpoints === 0) continue;
    const inRun = readingsInRun();
    for await (const now of checkpointReadings(directory, plan, datasetOf(plan))) {
      for (const value of measureCheckpoint(inRun(now))) values.push({ run: plan.id, ...value });
      options.onCheckpoint?.(++done, total, plan.id);
    }
    if (options.ablate === undefined) continue;
    for await (const found of checkpointAblations(directory, plan, datasetOf(plan), options.ablate)) {
      for (const ablation of found) ablations.push({ run: plan.id, ...ablation });
      options.onCheckpoint?.(done, total, `${plan.id}, ablation at step ${found[0]?.step ?? ''}`);
    }
  }
  return {
    values,
    ablations: options.ablate === undefined ? null : ablations,
    acquisitions: runs
      .filter(({ checkpoints }) => checkpoints > 0)
      .flatMap(({ plan: { id } }) =>
        classAcquisitions(
          readRun(directory, id),
          values.filter(({ run }) => run === id),
        ),
      ),
    tests: caseControls(values, clustersOf(runs.map(({ plan }) => plan)), options),
    without: runs.filter(({ checkpoints }) => checkpoints === 0).map(({ plan }) => plan.id),
  };
}

/** Changes against controls, given the plan; null without one. */
function caseControls(
  values: readonly RunMechanismValue[],
  clusters: ReadonlyMap<string, string>,
  { plan, seed = 0, alpha = 0.05 }: MechanismOptions,
): CaseControl[] | null {
  if (plan === undefined) return null;
  return caseControl(windowPairs(values, plan, clusters), createRandom(seed), alpha);
}

/** Of checkpoints that another program saved, through the graph of their network. */
async function ofProbedNetwork(
  directory: string,
  network: ProbedNetwork,
  options: MechanismOptions,
): Promise<StudyMechanisms> {
  for (const field of ['runs', 'ablate'] as const) {
    if (options[field] === undefined) continue;
    throw new InputError({
      field,
      allowed: 'a study that was trained here: a graph is run as it is, as one run',
    });
  }
  const { run, checkpoints, readings, notes } = await probedReadings(directory, network);
  const values: RunMechanismValue[] = [];
  const inRun = readingsInRun();
  let done = 0;
  for await (const now of readings) {
    for (const value of measureCheckpoint(inRun(now))) values.push({ run, ...value });
    options.onCheckpoint?.(++done, checkpoints, run);
  }
  return {
    values,
    ablations: null,
    acquisitions: classAcquisitions({ id: run, evaluations: [] }, values),
    tests: caseControls(values, new Map(), options),
    notes,
    without: [],
  };
}

/** Of a folder that is no study: checkpoints that any program saved. */
function ofWeightsAlone(directory: string, { plan, runs, ablate }: MechanismOptions): StudyMechanisms {
  const asked = { plan, runs, ablate };
  for (const [field, value] of Object.entries(asked)) {
    if (value === undefined) continue;
    throw new InputError({
      file: directory,
      field,
      allowed: 'a study: of checkpoints alone, weights are measured',
    });
  }
  return { ...measureSavedWeights(directory), ablations: null, acquisitions: [], tests: null, without: [] };
}

/** By measure: the change across every window of a change beside that across its control, of everything measured in the layer. */
function windowPairs(
  values: readonly RunMechanismValue[],
  plan: CheckpointPlan,
  clusters: ReadonlyMap<string, string>,
): Map<string, WindowPair[]> {
  const courses = checkpointCourses(values, (measure) => mechanismMeasures[measure as MeasureName].subject);
  const pairs = new Map<string, WindowPair[]>();
  for (const { measure, ...pair } of coursePairs(courses, plan, (run) => clusters.get(run) ?? run)) {
    pairs.set(measure, [...(pairs.get(measure) ?? []), pair]);
  }
  return pairs;
}

/** By run; those that share network, data and seed are no independent ones. */
function clustersOf(plans: readonly RunPlan[]): ReadonlyMap<string, string> {
  return new Map(
    plans.map(({ id, architectureName: architecture, dataset, seed }) => [
      id,
      clusterOf({ id, architecture, dataset, seed }),
    ]),
  );
}
