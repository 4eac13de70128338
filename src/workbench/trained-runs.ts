import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { readManifest } from '../measurements/study-store.ts';
import { openDataset, type StudyDataset } from '../study/dataset-store.ts';
import { planRuns, type RunPlan } from '../study/run-plan.ts';
import { listCheckpoints } from '../study/run-store.ts';
import { checkStudyFile, type StudyFile } from '../study/study-file.ts';

/** A run of a study that was trained here, and how many checkpoints it has. */
export interface TrainedRun {
  readonly plan: RunPlan;
  readonly checkpoints: number;
}

/**
 * The runs of a study that was trained here.
 *
 * @param wanted names; all if absent.
 * @throws InputError if the study was not trained here, has no such run, or none of them has a checkpoint.
 */
export function runsWithCheckpoints(directory: string, wanted?: readonly string[]): TrainedRun[] {
  const runs = chosenPlans(directory, wanted).map((plan) => ({
    plan,
    checkpoints: listCheckpoints(directory, plan.id).length,
  }));
  if (runs.every(({ checkpoints }) => checkpoints === 0)) {
    throw new InputError({
      field: 'checkpoints',
      value: 'none',
      allowed: 'a study with checkpoints: `checkpoints` in its file, or `rankscope train --plan`',
    });
  }
  return runs;
}

/** Whether a run of a study has a checkpoint. */
export function hasCheckpoints(directory: string, run: string): boolean {
  return listCheckpoints(directory, run).length > 0;
}

/** Opens data sets; the last one is kept, which most runs share. */
export function lastOpened(): (plan: RunPlan) => StudyDataset {
  let opened: { readonly key: string; readonly data: StudyDataset } | null = null;
  return (plan) => {
    const key = JSON.stringify([plan.dataset, plan.dataFolder, plan.synthetic]);
    if (opened?.key !== key) opened = { key, data: openDataset(plan) };
    return opened.data;
  };
}

/**
 * What a study that was trained here was asked for, and the names of its runs.
 *
 * @throws InputError if it was not trained here.
 */
export function trainedStudy(directory: string): {
  readonly study: StudyFile;
  readonly runs: readonly string[];
} {
  const { origin, settings, runs } = readManifest(directory);
  if (origin !== 'trained') {
    throw new InputError({
      file: directory,
      field: 'origin',
      value: origin,
      allowed: 'trained: a study of rankscope train',
    });
  }
  return { study: checkStudyFile(settings, directory), runs };
}

function chosenPlans(directory: string, wanted: readonly string[] | undefined): RunPlan[] {
  const plans = planRuns(trainedStudy(directory).study);
  return wanted === undefined
    ? plans
    : wanted.map((id) => {
        const plan = plans.find((candidate) => candidate.id === id);
        const known = plans.map((candidate) => candidate.id);
        if (plan === undefined) throw new InputError({ field: 'run', value: id, allowed: oneOf(id, known) });
        return plan;
      });
}
