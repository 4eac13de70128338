import { startWorker, workerFile } from '../threads/worker-thread.ts';
import { type NamedTensors, packTensors, unpackTensors } from '../training/training-state.ts';
import type { MeasuringQuestion } from './answer-readings.ts';
import type { Measurer } from './measurer.ts';
import {
  type NetworkReader,
  type NetworkReadings,
  openNetworkReader,
  type ReadingKind,
} from './network-reader.ts';

/** Reads networks on a thread of its own as far as it keeps up. */
export interface MeasuringThread extends Measurer {
  close(): Promise<void>;
}

/** Requests that wait for the thread before the calling thread takes a reading itself. */
const queueLength = 4;

/**
 * Starts a thread that reads networks while the calling thread trains on: for a run that has a core to spare.
 *
 * @param file the module that answers, see `answerReadings`.
 */
export function measuringThread(file = workerFile(import.meta.url, 'measuring-worker')): MeasuringThread {
  const worker = startWorker<MeasuringQuestion, unknown>(file, 'the measuring worker');
  let readers = 0;
  return {
    ahead: 2 * queueLength,
    open: async (job) => {
      const reader = readers++;
      // Training need not wait for the thread to start. If opening fails, every reading says so.
      worker.ask({ reader, type: 'open', job }).catch(() => {});
      let here: Promise<NetworkReader> | null = null;
      return {
        read: async <R extends ReadingKind>(reading: R, weights: NamedTensors) => {
          const copy = packTensors(weights);
          if (worker.open < queueLength) {
            const question = { reader, type: 'read', reading, weights: copy } as const;
            return worker.ask<NetworkReadings[R]>(question, { given: [copy.memory] });
          }
          // The calling thread would have to wait soon: small networks take longer to measure than to train.
          here ??= openNetworkReader(job);
          return (await here).read(reading, unpackTensors(copy));
        },
        close: async () => {
          await Promise.all([worker.ask({ reader, type: 'close' }), here?.then(({ close }) => close())]);
        },
      };
    },
    close: worker.close,
  };
}
