import { takeTurns } from '../../threads/take-turns.ts';
import { startWorker, workerFile } from '../../threads/worker-thread.ts';
import { openDetector } from './detector-store.ts';
import { type Batch, type Conditions, type Tally, tallyBatch } from './tally.ts';
import type { DetectorSource } from './types.ts';

/** What a worker is given when it starts. */
export interface HarnessWork {
  readonly source: DetectorSource;
  readonly conditions: Conditions;
}

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
  let done = 0;
  const onDone = (index: number): void => {
    done += batches[index].count;
    onProgress(done);
  };
  const detect = await openDetector(source);
  if (workers === 1) {
    return takeTurns([(batch: Batch) => tallyBatch(detect, batch, conditions)], batches, { onDone });
  }
  const workerData: HarnessWork = { source, conditions };
  const file = workerFile(import.meta.url, 'harness-worker');
  const pool = Array.from({ length: Math.min(workers, batches.length) }, () =>
    startWorker<Batch, Tally>(file, 'a worker of the harness', workerData),
  );
  try {
    return await takeTurns(
      pool.map((worker) => (batch: Batch) => worker.ask(batch)),
      batches,
      { onDone },
    );
  } finally {
    await Promise.all(pool.map((worker) => worker.close()));
  }
}
