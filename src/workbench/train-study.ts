import { availableParallelism } from 'node:os';
import { executeStudy, type RunElsewhere, type TrainedStudy } from '../study/execute-study.ts';
import { planRuns } from '../study/run-plan.ts';
import { checkStudyFile, type StudyFileInput } from '../study/study-file.ts';
import type { OnProgress } from './progress.ts';
import { describeMachine, roomHere, tool } from './provenance.ts';

export interface TrainStudyOptions {
  /** Runs trained side by side; as many as there are cores if absent. The files do not depend on it. */
  readonly workers?: number;
  /** Replace a study that is already in the directory. */
  readonly overwrite?: boolean;
  /** Once aborted, runs under way finish their step and save a checkpoint, and no other is begun. */
  readonly signal?: AbortSignal;
  /** Training steps done, of those of all runs of the study; those of longer runs count more. */
  readonly onProgress?: OnProgress;
  /** Told before training begins which runs other processes hold, if any. */
  readonly onElsewhere?: (runs: readonly RunElsewhere[]) => void;
}

/**
 * Trains every run of a study into a folder and measures its layers while they learn. Called again after an
 * interruption, it keeps what has ended and goes on with the rest: see `docs/interruptions.md`.
 *
 * @param study what a study file says, as an object: networks by name or of one's own, data sets, seeds, settings. What
 *   has a default may be left out.
 * @returns what became of every run.
 * @throws InputError naming what is wrong in the study; if the folder holds another one and `overwrite` is not set; and,
 *   before anything is written, if a data set is missing or a run cannot be trained on it.
 * @example
 * const study = {
 *   title: 'A network of mine',
 *   architectures: [{ name: 'mine', family: 'mlp', hidden: [16, 8] }],
 *   datasets: ['mnist'],
 *   dataFolder: 'data/mnist',
 *   seeds: [0],
 *   training: { steps: 20, examples: 64 },
 *   measurement: { samples: 40 },
 *   evaluation: { examples: 40 },
 * };
 * const { outcomes } = await trainStudy(study, 'trained-study', { workers: 1 });
 * outcomes.map(({ id }) => id); // ['mine_mnist_seed0']
 */
export async function trainStudy(
  study: StudyFileInput,
  directory: string,
  { workers = availableParallelism(), onProgress, ...options }: TrainStudyOptions = {},
): Promise<TrainedStudy> {
  const checked = checkStudyFile(study, 'study');
  const steps = planRuns(checked).reduce((sum, { training }) => sum + training.steps, 0);
  return executeStudy(checked, directory, {
    ...options,
    workers,
    room: roomHere(workers),
    tool,
    machine: describeMachine(),
    // Runs that had ended before count as done.
    onProgress: (done, total, run) =>
      onProgress?.({ stage: 'training', done: steps - total + done, total: steps, what: run }),
  });
}
