import { Worker } from 'node:worker_threads';
import {
  type NamedTensors,
  type PackedTensors,
  packTensors,
  unpackTensors,
} from '../training/training-state.ts';
import type { Measurer } from './measurer.ts';
import {
  type NetworkReader,
  type NetworkReadings,
  openNetworkReader,
  type ReadingJob,
  type ReadingKind,
} from './network-reader.ts';

/** The compiled worker; from the TypeScript sources (tests) the one in `dist` is used. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/study/measuring-worker.js' : './measuring-worker.js',
  import.meta.url,
);

/** Every request is answered once, in the order of the requests. */
export type MeasuringRequest =
  | { readonly type: 'open'; readonly job: ReadingJob }
  | { readonly type: 'read'; readonly reading: ReadingKind; readonly weights: PackedTensors }
  | { readonly type: 'close' };

/** Reads one network at a time, on a thread of its own as far as it keeps up; weights are copied before `read` returns. */
export interface MeasuringThread extends Measurer {
  close(): Promise<void>;
}

/** Readings that wait for the thread before the calling thread takes one itself. */
const queueLength = 4;

interface Waiting {
  // Of the kind that was asked for.
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a thread that reads networks while the calling thread trains on: for a run that has a core to spare. */
export function measuringThread(): MeasuringThread {
  const worker = new Worker(workerFile);
  const waiting: Waiting[] = [];
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('message', (answer: unknown) => waiting.shift()?.resolve(answer as never));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the measuring worker ended with code ${code}`)));
  const ask = <T>(request: MeasuringRequest, given: ArrayBuffer[] = []): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (failure !== null) return reject(failure);
      waiting.push({ resolve, reject });
      worker.postMessage(request, given);
    });
  return {
    ahead: 2 * queueLength,
    open: async (job) => {
      // Training need not wait for the thread to start. If opening fails, every reading says so.
      ask({ type: 'open', job }).catch(() => {});
      let here: Promise<NetworkReader> | null = null;
      return {
        read: async <R extends ReadingKind>(reading: R, weights: NamedTensors) => {
          const copy = packTensors(weights);
          if (waiting.length < queueLength) {
            return ask<NetworkReadings[R]>({ type: 'read', reading, weights: copy }, [copy.memory]);
          }
          // The calling thread would have to wait soon: small networks take longer to measure than to train.
          here ??= openNetworkReader(job);
          return (await here).read(reading, unpackTensors(copy));
        },
        close: async () => {
          await Promise.all([ask({ type: 'close' }), here?.then(({ close }) => close())]);
        },
      };
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
