import { parentPort } from 'node:worker_threads';
import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import { openRun } from '../measurements/study-store.ts';
import { openDataset } from './dataset-store.ts';
import { executeRun } from './execute-run.ts';
import type { RunReply, RunRequest } from './run-pool.ts';

/** A worker thread that trains one run after another; it keeps the last data set, which most runs share. */

const port = parentPort!;
let opened: { key: string; data: Dataset } | null = null;

function datasetOf({ plan }: RunRequest): Dataset {
  const key = JSON.stringify([plan.dataset, plan.dataFolder]);
  if (opened?.key !== key) opened = { key, data: openDataset(plan.dataset, plan.dataFolder) };
  return opened.data;
}

async function handle(request: RunRequest): Promise<RunReply> {
  let reported = Date.now();
  try {
    const outcome = await executeRun(
      request.plan,
      datasetOf(request),
      (header) => openRun(request.directory, header, { overwrite: true }),
      (done) => {
        // Messages cost more than steps of a small network: a few a second are enough for a progress bar.
        if (Date.now() - reported < 100) return;
        reported = Date.now();
        port.postMessage({ type: 'progress', done } satisfies RunReply);
      },
    );
    return { type: 'outcome', outcome };
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
