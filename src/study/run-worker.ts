import { parentPort } from 'node:worker_threads';
import { answerQuestions } from '../threads/answer-questions.ts';
import { openDataset, type StudyDataset } from './dataset-store.ts';
import { executeRun } from './execute-run.ts';
import { type Measurer, measureHere } from './measurer.ts';
import { type MeasuringThread, measuringThread } from './measuring-pool.ts';
import type { RunRequest, TimedOutcome } from './run-pool.ts';
import { runFiles } from './run-store.ts';
import { stopRequestOf } from './stop-request.ts';

/** A worker thread that trains one run after another; it keeps the last data set, which most runs share. */

let thread: MeasuringThread | null = null;
let opened: { key: string; data: StudyDataset } | null = null;

function datasetOf({ plan }: RunRequest): StudyDataset {
  const key = JSON.stringify([plan.dataset, plan.dataFolder, plan.synthetic]);
  if (opened?.key !== key) opened = { key, data: openDataset(plan) };
  return opened.data;
}

function measurerOf({ hasSpareCore }: RunRequest): Measurer {
  if (!hasSpareCore) return measureHere;
  thread ??= measuringThread();
  return thread;
}

answerQuestions<RunRequest, TimedOutcome, number>(parentPort!, async (request, tell) => {
  const started = performance.now();
  let reported = started;
  const outcome = await executeRun(
    request.plan,
    datasetOf(request),
    runFiles(request.directory, request.plan),
    {
      onStep: (done) => {
        // Messages cost more than steps of a small network: a few a second are enough for a progress bar.
        if (performance.now() - reported < 100) return;
        reported = performance.now();
        tell(done);
      },
      measurer: measurerOf(request),
      stopRequest: () => stopRequestOf(request.stop),
    },
  );
  return { ...outcome, seconds: (performance.now() - started) / 1000 };
});
