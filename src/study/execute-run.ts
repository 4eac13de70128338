import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { diskFull, isDiskFull } from './disk-full.ts';
import { dueSteps } from './due-steps.ts';
import { eventsOf } from './interventions/events-of.ts';
import { trainSegments } from './interventions/train-segments.ts';
import { type Measurer, measureHere } from './measurer.ts';
import { type NetworkReader, readingJob } from './network-reader.ts';
import { orderedLog } from './ordered-log.ts';
import { planModel } from './plan-model.ts';
import { plannedHeader } from './planned-header.ts';
import { findResumable, replayLog } from './resume-run.ts';
import type { RunPlan } from './run-plan.ts';
import type { RunFiles } from './run-store.ts';
import type { StopRequest } from './stop-request.ts';
import { trackMeters } from './tracks/track-meters.ts';
import { latestReading } from './tracks/track-readings.ts';

const takenOver = 'taken over by another process';

/** How a run ended. */
export interface RunOutcome {
  readonly id: string;
  /** Accuracy at the last evaluation; null if the run stopped before one. */
  readonly accuracy: number | null;
  /** Why the run stopped early, or null. */
  readonly stopped: string | null;
  /** Whether another attempt could go further: the run was stopped from outside, not because of its own numbers. */
  readonly unfinished: boolean;
  /** What the user must know of how it came about, a sentence each. */
  readonly remarks: readonly string[];
}

/** What is known of a run while it is under way. */
interface Progress {
  accuracy: number | null;
  readonly remarks: string[];
}

export interface RunExecution {
  /** Called after every training step with the number of steps done. */
  readonly onStep?: (done: number) => void;
  /** Where the network is measured and evaluated; stays open. On this thread if absent. */
  readonly measurer?: Measurer;
  /** Asked after every step. */
  readonly stopRequest?: () => StopRequest;
}

/**
 * Trains one planned run, measures every layer on the same probe examples, and logs it. If an interrupted run left
 * a checkpoint, it goes on from there; the log comes out the same.
 *
 * The run's seed alone decides which examples are drawn for training, probe and evaluation (disjoint), the
 * initial weights and the order of the batches.
 *
 * A loss that is no number ends the run, and its log says so. A full disk ends it too: its log then has no last line,
 * and what is in it stays readable. A request to stop ends it after its step, with a checkpoint of that step, which is
 * removed again once the run is through unless the plan asks for it.
 *
 * @param files where the log and the checkpoints go.
 * @throws InputError if the plan does not fit the data, or a checkpoint that lies there is not of this run.
 */
export async function executeRun(
  plan: RunPlan,
  data: StudyDataset,
  files: RunFiles,
  execution: RunExecution = {},
): Promise<RunOutcome> {
  const progress: Progress = { accuracy: null, remarks: [] };
  try {
    const end = await trainAndLog(plan, data, files, progress, execution);
    return { id: plan.id, ...progress, ...end };
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return { id: plan.id, ...progress, stopped: diskFull, unfinished: true };
  }
}

async function trainAndLog(
  plan: RunPlan,
  data: StudyDataset,
  files: RunFiles,
  progress: Progress,
  { onStep = () => {}, measurer = measureHere, stopRequest = () => 'none' }: RunExecution,
): Promise<Pick<RunOutcome, 'stopped' | 'unfinished'>> {
  const { steps } = plan.training;
  const examples = chooseExamples(plan, data);
  const model = planModel(plan, data);
  const tracks = trackMeters(plan, model, examples.training.data);
  const header = await plannedHeader(plan, model, examples, tracks);
  const isMeasured = dueSteps({ every: plan.measurement.every });
  const isChosen = dueSteps(plan.evaluation);
  // Of numbers there is no share that is right; their error is the loss.
  const isEvaluated = (step: number): boolean =>
    data.targets === undefined && (step === steps - 1 || isChosen(step));
  const events = eventsOf(plan);
  const isKept = dueSteps(plan.checkpoints);
  const isToStopAfter = (step: number): boolean => step < steps - 1 && stopRequest() === 'after-step';
  const resumable = findResumable(files, header, { isMeasured, isEvaluated, events, tracks }, (remark) =>
    progress.remarks.push(remark),
  );

  const readings = new Map(tracks.map((track) => [track, latestReading(track, resumable)]));
  const log = files.openLog(header, (begun) => {
    if (resumable !== null) progress.accuracy = replayLog(resumable, begun)?.accuracy ?? null;
  });
  const { write, flush } = orderedLog(measurer.ahead);
  let reader: NetworkReader | null = null;
  try {
    reader = await measurer.open(readingJob(plan, examples, data.vocabulary));
    const training = trainSegments({
      plan,
      data: examples.training.data,
      vocabulary: data.vocabulary,
      before: { at: (step) => tracks.some((track) => track.isDue(step)) },
      checkpoint: { at: (step) => isKept(step) || isToStopAfter(step) },
      resume: resumable?.state,
    });
    let lastSaved = resumable?.state.step;
    for await (const { step, loss, gradientNorm, parameters, before, state, stopped } of training) {
      if (stopRequest() === 'at-once') return { stopped: takenOver, unfinished: true };
      if (stopped !== null) {
        const reason = `${stopped} at step ${step}`;
        await flush();
        log.end(reason);
        files.keepCheckpoints(isKept);
        return { stopped: reason, unfinished: false };
      }
      for (const event of events.filter((one) => one.step === step)) {
        await write(event, log.writeEvent);
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
        const open = reader;
        const measured = readings
          .get(track)!
          .take(step, (previous) => track.measure({ before: before!, after: parameters }, open, previous));
        if (!track.concurrent) await measured;
        await write(measured, (subjects) => log.writeTrack({ track: track.header.id, step, subjects }));
      }
      // After the log, so that the log reaches at least as far as any checkpoint.
      if (state !== null) {
        await flush();
        log.sync();
        files.saveCheckpoint(state);
        // Those of interruptions go as the run passes them; one is left to fall back on.
        files.keepCheckpoints((saved) => isKept(saved) || saved === lastSaved || saved >= step);
        lastSaved = step;
      }
      const isInterrupted = state !== null && isToStopAfter(step);
      onStep(step + 1);
      if (isInterrupted) return { stopped: `interrupted after step ${step}`, unfinished: true };
    }
    await flush();
    log.end('complete');
    // After the end, so that there is always one to go on from.
    files.keepCheckpoints(isKept);
    return { stopped: null, unfinished: false };
  } finally {
    log.close();
    await Promise.all([...(reader === null ? [] : [reader]), ...tracks].map(({ close }) => close()));
  }
}
