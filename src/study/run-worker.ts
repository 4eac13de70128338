import { parentPort } from 'node:worker_threads';
import { InputError } from '../errors/input-error.ts';
import { openDataset, type StudyDataset } from './dataset-store.ts';
import { executeRun } from './execute-run.ts';
import { type Measurer, measureHere } from './measurer.ts';
import { type MeasuringThread, measuringThread } from './measuring-pool.ts';
import type { RunReply, RunRequest } from './run-pool.ts';
import { runFiles } from './run-store.ts';
import { stopRequestOf } from './stop-request.ts';

/** A worker thread that trains one run after another; it keeps the last data set, which most runs share. */

const port = parentPort!;
let thread: MeasuringThread | null = null;
let opened: { key: string; data: StudyDataset } | null = null;

function datasetOf({ plan }: RunRequest): StudyDataset {
  const key = JSON.stringify([plan.dataset, plan.dataFolder]);
  if (opened?.key !== key) opened = { key, data: openDataset(plan.dataset, plan.dataFolder) };
  return opened.data;
}

function measurerOf({ hasSpareCore }: RunRequest): Measurer {
  if (!hasSpareCore) return measureHere;
  thread ??= measuringThread();
  return thread;
}

async function handle(request: RunRequest): Promise<RunReply> {
  const started = performance.now();
  let reported = started;
  try {
    const outcome = await executeRun(
      request.plan,
      datasetOf(request),
      runFiles(request.directory, request.plan),
      {
        onStep: (done) => {
          // Messages cost more than steps of a small network: a few a second are enough for a progress bar.
          if (performance.now() - reported < 100) return;
          reported = performance.now();
          port.postMessage({ type: 'progress', done } satisfies RunReply);
        },
        measurer: measurerOf(request),
        stopRequest: () => stopRequestOf(request.stop),
      },
    );
    const seconds = (performance.now() - started) / 1000;
    return { type: 'outcome', outcome: { ...outcome, seconds } };
  } catch (error) {
    if (error instanceof InputError) return { type: 'input-error', problem: error.problem };
    throw error;
  }
}

port.on('message', (request: RunRequest) => {
  handle(request).then(
    (reply) => port.postMessage(reply),
    (error: unknown) => {
      // Rethrown outside the promise so that the pool hears of it as the worker's error.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
