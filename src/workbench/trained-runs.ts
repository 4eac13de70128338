import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { readManifest } from '../measurements/study-store.ts';
import { openDataset, type StudyDataset } from '../study/dataset-store.ts';
import { planRuns, type RunPlan } from '../study/run-plan.ts';
import { listCheckpoints } from '../study/run-store.ts';
import { checkStudyFile } from '../study/study-file.ts';

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
