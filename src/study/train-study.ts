import { InputError } from '../errors/input-error.ts';
import { createStudy, existsStudy, listRuns, readManifest, readRun } from '../measurements/study-store.ts';
import type { StudyManifest } from '../measurements/types.ts';
import type { RunOutcome } from './execute-run.ts';
import { planRuns } from './run-plan.ts';
import { executeRuns } from './run-pool.ts';
import type { StudyFile } from './study-file.ts';

export interface TrainStudyOptions {
  readonly tool: StudyManifest['tool'];
  readonly machine: StudyManifest['machine'];
  /** Runs trained side by side. */
  readonly workers: number;
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
  /** Training steps done, of `total`, over all runs of this call. */
  readonly onProgress?: (stepsDone: number, total: number, run: string) => void;
}

export interface TrainedStudy {
  readonly outcomes: readonly RunOutcome[];
  /** Ids of runs that were complete already, from an earlier call with the same study. */
  readonly kept: readonly string[];
}

/**
 * Trains every run of a study into `directory`. Called again after an interruption, it keeps the runs that are
 * complete and trains the others anew; the logs come out the same as without the interruption.
 *
 * @throws InputError if the directory holds another study and `overwrite` is not set.
 */
export async function trainStudy(
  study: StudyFile,
  directory: string,
  options: TrainStudyOptions,
): Promise<TrainedStudy> {
  const plans = planRuns(study);
  const manifest: StudyManifest = {
    schemaVersion: 1,
    tool: options.tool,
    title: study.title,
    origin: 'trained',
    source: null,
    settings: study,
    machine: options.machine,
    runs: plans.map(({ id }) => id),
  };
  const kept = prepareDirectory(directory, manifest, options.overwrite ?? false);
  const pending = plans.filter(({ id }) => !kept.includes(id));
  const total = pending.reduce((sum, { training }) => sum + training.steps, 0);
  const outcomes = await executeRuns(directory, pending, options.workers, (done, run) =>
    options.onProgress?.(done, total, run),
  );
  return { outcomes, kept };
}

/** Creates the study, or finds the same one there; returns the ids of its complete runs. */
function prepareDirectory(directory: string, manifest: StudyManifest, overwrite: boolean): string[] {
  if (overwrite || !existsStudy(directory)) {
    createStudy(directory, manifest, { overwrite });
    return [];
  }
  const present = readManifest(directory);
  if (JSON.stringify(present.settings) !== JSON.stringify(manifest.settings)) {
    throw new InputError({
      file: directory,
      field: 'study',
      value: present.title,
      allowed: 'an empty folder, or the same study with the same settings (--overwrite replaces it)',
    });
  }
  return listRuns(directory).filter((id) => readRun(directory, id).complete);
}
