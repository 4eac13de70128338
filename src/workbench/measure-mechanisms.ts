import { clusterOf } from '../hypotheses/seed-clusters.ts';
import { checkpointCourses, coursePairs } from '../hypotheses/window-pairs.ts';
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
import { checkpointReadings } from '../study/checkpoint-readings.ts';
import type { RunPlan } from '../study/run-plan.ts';
import { lastOpened, runsWithCheckpoints } from './trained-runs.ts';

export interface RunMechanismValue extends MechanismValue {
  readonly run: string;
}

/** What the checkpoints of a study hold. */
export interface StudyMechanisms {
  readonly values: readonly RunMechanismValue[];
  /** Case against control; null without a plan. */
  readonly tests: readonly CaseControl[] | null;
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
  /** Called after each checkpoint. */
  readonly onCheckpoint?: (done: number, total: number, run: string) => void;
}

/**
 * Takes every mechanism measure at every checkpoint of a study that was trained here, and, given the plan that the checkpoints were saved
 * by, tests which measures change more across changes than across their matched controls.
 *
 * @throws InputError if the study was not trained here, has no checkpoint, or one is damaged.
 */
export async function measureMechanisms(
  directory: string,
  options: MechanismOptions = {},
): Promise<StudyMechanisms> {
  const runs = runsWithCheckpoints(directory, options.runs);
  const total = runs.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  const values: RunMechanismValue[] = [];
  const datasetOf = lastOpened();
  let done = 0;
  for (const { plan, checkpoints } of runs) {
    if (checkpoints === 0) continue;
    const inRun = readingsInRun();
    for await (const now of checkpointReadings(directory, plan, datasetOf(plan))) {
      for (const value of measureCheckpoint(inRun(now))) values.push({ run: plan.id, ...value });
      options.onCheckpoint?.(++done, total, plan.id);
    }
  }
  return {
    values,
    tests:
      options.plan === undefined
        ? null
        : caseControl(
            windowPairs(values, options.plan, clustersOf(runs.map(({ plan: own }) => own))),
            createRandom(options.seed ?? 0),
            options.alpha ?? 0.05,
          ),
    without: runs.filter(({ checkpoints }) => checkpoints === 0).map(({ plan }) => plan.id),
  };
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
