import { InputError } from '../errors/input-error.ts';
import { chooseSeries } from '../findings/choose-series.ts';
import { existsStudy, readManifest } from '../measurements/study-store.ts';
import { planCheckpoints } from '../planning/plan-checkpoints.ts';
import type { TrainedStudy } from '../study/execute-study.ts';
import { checkStudyFile, type StudyFile, type StudyFileInput } from '../study/study-file.ts';
import { openStudy } from './open-study.ts';
import { firstPassOf, readPlanOfStudy, removeFirstPass, writePlanOfStudy } from './plan-store.ts';
import { type TrainStudyOptions, trainStudy } from './train-study.ts';

/**
 * Trains a study twice: the first pass measures, and a plan follows from its curves (see `planCheckpoints`); the second, with the same
 * seeds and to the same bytes, saves checkpoints at the planned steps too, the last step among them. The plan stays in the
 * study as `plan.json`. Called again after an interruption, in either pass, it goes on.
 *
 * @returns what became of the runs: of the second pass, or of the first, where that was not ended.
 * @throws InputError as `trainStudy` does; and where the second pass is not the first one again, on another machine, say.
 * @example
 * const study = {
 *   architectures: [{ name: 'mine', family: 'mlp', hidden: [8] }],
 *   datasets: ['drawn_digits'],
 *   training: { steps: 20, examples: 64 },
 *   measurement: { every: 1, samples: 40 },
 *   evaluation: { examples: 40 },
 * };
 * const { outcomes } = await trainAroundChanges(study, 'looked-into', { workers: 1 });
 * outcomes.map(({ id }) => id); // ['mine_drawn_digits_seed0']
 */
export async function trainAroundChanges(
  study: StudyFileInput,
  directory: string,
  options: TrainStudyOptions = {},
): Promise<TrainedStudy> {
  const first = firstPassOf(directory);
  const { overwrite = false, onProgress, ...rest } = options;
  if (overwrite || !existsStudy(directory) || existsStudy(first)) {
    const measured = await trainStudy(study, first, {
      ...{ ...rest, overwrite },
      onProgress: (advance) => onProgress?.({ ...advance, what: `first pass: ${advance.what}` }),
    });
    if (!hasEnded(measured)) return measured;
    const { runs } = openStudy(first);
    writePlanOfStudy(directory, planCheckpoints(runs, { metric: chooseSeries(runs, undefined) }));
  }
  const steps = readPlanOfStudy(directory)?.steps ?? [];
  const saved = await trainStudy(withPlanned(checkStudyFile(study, 'study'), steps), directory, {
    ...{ ...rest, overwrite, onProgress },
  });
  if (hasEnded(saved) && existsStudy(first)) {
    assertSame(first, directory);
    removeFirstPass(directory);
  }
  return saved;
}

/** A study that saves checkpoints at these steps too. */
export function withPlanned(study: StudyFile, steps: readonly number[]): StudyFile {
  const at = [...new Set([...(study.checkpoints?.at ?? []), ...steps])].sort((a, b) => a - b);
  return { ...study, checkpoints: { ...study.checkpoints, at } };
}

function hasEnded({ outcomes, elsewhere, waiting }: TrainedStudy): boolean {
  return elsewhere.length === 0 && waiting.length === 0 && outcomes.every(({ unfinished }) => !unfinished);
}

/** @throws InputError where a log of the second pass has other bytes than that of the first. */
function assertSame(first: string, directory: string): void {
  const [before, after] = [first, directory].map((folder) => readManifest(folder).logs ?? {});
  for (const [run, { sha256 }] of Object.entries(before)) {
    if (after[run]?.sha256 === sha256) continue;
    throw new InputError({
      file: directory,
      field: `second pass of ${run}`,
      value: after[run]?.sha256.slice(0, 12) ?? 'no log',
      allowed: `the bytes of the first pass (${sha256.slice(0, 12)}), which lies in ${first}: both on one machine with one version`,
    });
  }
}
