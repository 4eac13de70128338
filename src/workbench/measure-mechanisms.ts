import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { clusterOf } from '../hypotheses/seed-clusters.ts';
import { checkpointCourses, coursePairs } from '../hypotheses/window-pairs.ts';
import { readManifest } from '../measurements/study-store.ts';
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
import { openDataset, type StudyDataset } from '../study/dataset-store.ts';
import { planRuns, type RunPlan } from '../study/run-plan.ts';
import { listCheckpoints } from '../study/run-store.ts';
import { checkStudyFile } from '../study/study-file.ts';

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
  const plans = chosenPlans(directory, options.runs);
  const counts = plans.map(({ id }) => listCheckpoints(directory, id).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    throw new InputError({
      field: 'checkpoints',
      value: 'none',
      allowed: 'a study with checkpoints: `checkpoints` in its file, or `rankscope train --plan`',
    });
  }
  const values: RunMechanismValue[] = [];
  const datasetOf = lastOpened();
  let done = 0;
  for (const [i, plan] of plans.entries()) {
    if (counts[i] === 0) continue;
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
            windowPairs(values, options.plan, clustersOf(plans)),
            createRandom(options.seed ?? 0),
            options.alpha ?? 0.05,
          ),
    without: plans.filter((_, i) => counts[i] === 0).map(({ id }) => id),
  };
}

/** Whether a run of a study has a checkpoint. */
export function hasCheckpoints(directory: string, run: string): boolean {
  return listCheckpoints(directory, run).length > 0;
}

/** Opens data sets; the last one is kept, which most runs share. */
function lastOpened(): (plan: RunPlan) => StudyDataset {
  let opened: { readonly key: string; readonly data: StudyDataset } | null = null;
  return ({ dataset, dataFolder }) => {
    const key = JSON.stringify([dataset, dataFolder]);
    if (opened?.key !== key) opened = { key, data: openDataset(dataset, dataFolder) };
    return opened.data;
  };
}

function chosenPlans(directory: string, wanted: readonly string[] | undefined): RunPlan[] {
  const { origin, settings } = readManifest(directory);
  if (origin !== 'trained') {
    throw new InputError({
      file: directory,
      field: 'origin',
      value: origin,
      allowed: 'trained: a study of rankscope train',
    });
  }
  const plans = planRuns(checkStudyFile(settings, directory));
  return wanted === undefined
    ? plans
    : wanted.map((id) => {
        const plan = plans.find((candidate) => candidate.id === id);
        const known = plans.map((candidate) => candidate.id);
        if (plan === undefined) throw new InputError({ field: 'run', value: id, allowed: oneOf(id, known) });
        return plan;
      });
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
