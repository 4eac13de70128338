import { Worker } from 'node:worker_threads';
import { InputError, type InputProblem } from '../../errors/input-error.ts';
import { openDetector } from './detector-store.ts';
import { type Batch, type Conditions, type Tally, tallyBatch } from './tally.ts';
import type { DetectorSource } from './types.ts';

/** What a worker is given when it starts. */
export interface HarnessWork {
  readonly source: DetectorSource;
  readonly conditions: Conditions;
}

export type HarnessReply =
  | { readonly type: 'tally'; readonly tally: Tally }
  | { readonly type: 'input-error'; readonly problem: InputProblem };

/** The compiled worker; from the TypeScript sources (tests) the one in `dist` is used. */
export const harnessWorkerFile = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../dist/validity/harness/harness-worker.js'
    : './harness-worker.js',
  import.meta.url,
);

/**
 * Tallies batches on worker threads, or in this thread where one worker is enough.
 *
 * @param onProgress called with the number of series done.
 * @returns the tallies in the order of the batches.
 * @throws InputError of the detector; the other workers are then stopped.
 */
export async function tallyBatches(
  source: DetectorSource,
  batches: readonly Batch[],
  conditions: Conditions,
  workers: number,
  onProgress: (done: number) => void = () => {},
): Promise<Tally[]> {
  const tallies = new Array<Tally>(batches.length);
  let next = 0;
  let done = 0;
  const serve = async (tally: (batch: Batch) => Promise<Tally> | Tally): Promise<void> => {
    while (next < batches.length) {
      const index = next++;
      tallies[index] = await tally(batches[index]);
      done += batches[index].count;
      onProgress(done);
    }
  };
  const detect = await openDetector(source);
  if (workers === 1) {
    await serve((batch) => tallyBatch(detect, batch, conditions));
    return tallies;
  }
  const workerData: HarnessWork = { source, conditions };
  const pool = Array.from(
    { length: Math.min(workers, batches.length) },
    () => new Worker(harnessWorkerFile, { workerData }),
  );
  try {
    await Promise.all(pool.map((worker) => serve((batch) => tallyOn(worker, batch))));
  } finally {
    await Promise.all(pool.map((worker) => worker.terminate()));
  }
  return tallies;
}

function tallyOn(worker: Worker, batch: Batch): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      action();
    };
    const onMessage = (reply: HarnessReply): void =>
      settle(() => (reply.type === 'tally' ? resolve(reply.tally) : reject(new InputError(reply.problem))));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`a worker of the harness ended with code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(batch);
  });
}
