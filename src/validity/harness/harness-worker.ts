import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../../errors/input-error.ts';
import { openDetector } from './detector-store.ts';
import type { HarnessReply, HarnessWork } from './harness-pool.ts';
import { type Batch, tallyBatch } from './tally.ts';

/** A worker thread that tallies one batch after another for `harness-pool`. */

const port = parentPort!;
const { source, conditions } = workerData as HarnessWork;
const opened = openDetector(source);

async function handle(batch: Batch): Promise<HarnessReply> {
  try {
    return { type: 'tally', tally: tallyBatch(await opened, batch, conditions) };
  } catch (error) {
    if (error instanceof InputError) return { type: 'input-error', problem: error.problem };
    throw error;
  }
}

port.on('message', (batch: Batch) => {
  handle(batch).then(
    (reply) => port.postMessage(reply),
    (error: unknown) => {
      // Rethrown outside the promise so that the pool hears of it as the worker's error.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
