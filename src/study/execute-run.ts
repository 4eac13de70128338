import { createRandom } from '../numerics/random.ts';
import { train } from '../training/train.ts';
import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { describeRun } from './describe-run.ts';
import { isDiskFull } from './disk-full.ts';
import { dueSteps } from './due-steps.ts';
import { type Measurer, measureHere } from './measurer.ts';
import { type NetworkReader, readingJob } from './network-reader.ts';
import { orderedLog } from './ordered-log.ts';
import { planModel } from './plan-model.ts';
import { findResumable, replayLog } from './resume-run.ts';
import type { RunPlan } from './run-plan.ts';
import type { RunFiles } from './run-store.ts';
import { trackMeters } from './tracks/track-meters.ts';
import { optimiserOf, scheduleOf, trainingRandom } from './training-options.ts';

/** How a run ended. */
export interface RunOutcome {
  readonly id: string;
  /** Accuracy at the last evaluation; null if the run stopped before one. */
  readonly accuracy: number | null;
  /** Why the run stopped early, or null. */
  readonly stopped: string | null;
  /** Whether another attempt could go further: the run stopped for want of space, not because of its own numbers. */
  readonly unfinished: boolean;
  /** What the user must know of how it came about, a sentence each. */
  readonly remarks: readonly string[];
}

/** What is known of a run while it is under way. */
interface Progress {
  accuracy: number | null;
  readonly remarks: string[];
}

/**
 * Trains one planned run, measures every layer on the same probe examples, and logs it. If an interrupted run left
 * a checkpoint, it goes on from there; the log comes out the same.
 *
 * The run's seed alone decides which examples are drawn for training, probe and evaluation (disjoint), the
 * initial weights and the order of the batches.
 *
 * A loss that is no number ends the run, and its log says so. A full disk ends it too: its log then has no last line,
 * and what is in it stays readable.
 *
 * @param files where the log and the checkpoints go.
 * @param onStep called after every training step with the number of steps done.
 * @param measurer where the network is measured and evaluated; stays open.
 * @throws InputError if the plan does not fit the data, or a checkpoint that lies there is not of this run.
 */
export async function executeRun(
  plan: RunPlan,
  data: StudyDataset,
  files: RunFiles,
  onStep: (done: number) => void = () => {},
  measurer: Measurer = measureHere,
): Promise<RunOutcome> {
  const progress: Progress = { accuracy: null, remarks: [] };
  try {
    const stopped = await trainAndLog(plan, data, files, progress, onStep, measurer);
    return { id: plan.id, ...progress, stopped, unfinished: false };
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return { id: plan.id, ...progress, stopped: 'the disk is full', unfinished: true };
  }
}

async function trainAndLog(
  plan: RunPlan,
  data: StudyDataset,
  files: RunFiles,
  progress: Progress,
  onStep: (done: number) => void,
  measurer: Measurer,
): Promise<string | null> {
  const { steps } = plan.training;
  const random = createRandom(plan.seed);
  const examples = chooseExamples(plan, data);
  const model = planModel(plan, data);
  const tracks = trackMeters(plan, model, examples.training.data);
  const header = await describeRun(plan, model, examples, tracks);
  const isMeasured = dueSteps({ every: plan.measurement.every });
  const isChosen = dueSteps(plan.evaluation);
  const isEvaluated = (step: number): boolean => step === steps - 1 || isChosen(step);
  const resumable = findResumable(files, header, { isMeasured, isEvaluated, tracks }, (remark) =>
    progress.remarks.push(remark),
  );

  const log = files.openLog(header);
  const { write, flush } = orderedLog(measurer.ahead);
  let reader: NetworkReader | null = null;
  try {
    if (resumable !== null) progress.accuracy = replayLog(resumable, log)?.accuracy ?? null;
    reader = await measurer.open(readingJob(plan, examples, data.vocabulary));
    const training = train({
      model,
      data: examples.training.data,
      steps,
      random: trainingRandom(random),
      batchSize: plan.training.batchSize,
      optimiser: optimiserOf(plan.training),
      schedule: scheduleOf(plan.training),
      before: { at: (step) => tracks.some((track) => track.isDue(step)) },
      checkpoint: { at: dueSteps(plan.checkpoints) },
      resume: resumable?.state,
      threads: plan.training.threads,
    });
    for await (const { step, loss, gradientNorm, parameters, before, state, stopped } of training) {
      if (stopped !== null) {
        const reason = `${stopped} at step ${step}`;
        await flush();
        log.end(reason);
        return reason;
      }
      if (isMeasured(step)) {
        await write(reader.read('layers', parameters), (layers) =>
          log.writeStep({ step, loss, gradientNorm, layers }),
        );
      }
      if (isEvaluated(step)) {
        await write(reader.read('evaluation', parameters), (evaluation) => {
          log.writeEvaluation({ step, ...evaluation });
          progress.accuracy = evaluation.accuracy;
        });
      }
      for (const track of tracks.filter(({ isDue }) => isDue(step))) {
        const measured = track.measure({ before: before!, after: parameters }, reader);
        if (!track.concurrent) await measured;
        await write(measured, (subjects) => log.writeTrack({ track: track.header.id, step, subjects }));
      }
      // After the log, so that the log reaches at least as far as any checkpoint.
      if (state !== null) {
        await flush();
        files.saveCheckpoint(state);
      }
      onStep(step + 1);
    }
    await flush();
    log.end('complete');
    return null;
  } finally {
    log.close();
    await Promise.all([...(reader === null ? [] : [reader]), ...tracks].map(({ close }) => close()));
  }
}
