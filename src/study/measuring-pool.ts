import { Worker } from 'node:worker_threads';
import { type NamedTensors, packTensors, unpackTensors } from '../training/training-state.ts';
import type { MeasuringAnswer, MeasuringRequest } from './answer-readings.ts';
import type { Measurer } from './measurer.ts';
import {
  type NetworkReader,
  type NetworkReadings,
  openNetworkReader,
  type ReadingKind,
} from './network-reader.ts';

/** The compiled worker; from the TypeScript sources (tests) the one in `dist` is used. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/study/measuring-worker.js' : './measuring-worker.js',
  import.meta.url,
);

/** Reads networks on a thread of its own as far as it keeps up. */
export interface MeasuringThread extends Measurer {
  close(): Promise<void>;
}

/** Requests that wait for the thread before the calling thread takes a reading itself. */
const queueLength = 4;

interface Waiting {
  // Of the kind that was asked for.
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** A request without its numbers. */
type Question = MeasuringRequest extends infer R
  ? R extends unknown
    ? Omit<R, 'request' | 'reader'>
    : never
  : never;

/**
 * Starts a thread that reads networks while the calling thread trains on: for a run that has a core to spare.
 *
 * @param file the module that answers, see `answerReadings`.
 */
export function measuringThread(file: URL = workerFile): MeasuringThread {
  const worker = new Worker(file);
  const waiting = new Map<number, Waiting>();
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', ({ request, answer }: MeasuringAnswer) => {
    waiting.get(request)?.resolve(answer as never);
    waiting.delete(request);
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the measuring worker ended with code ${code}`)));
  let requests = 0;
  const ask = <T>(reader: number, question: Question, given: ArrayBuffer[] = []): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (failure !== null) return reject(failure);
      const request = requests++;
      waiting.set(request, { resolve, reject });
      worker.postMessage({ request, reader, ...question } satisfies MeasuringRequest, given);
    });
  let readers = 0;
  return {
    ahead: 2 * queueLength,
    open: async (job) => {
      const reader = readers++;
      // Training need not wait for the thread to start. If opening fails, every reading says so.
      ask(reader, { type: 'open', job }).catch(() => {});
      let here: Promise<NetworkReader> | null = null;
      return {
        read: async <R extends ReadingKind>(reading: R, weights: NamedTensors) => {
          const copy = packTensors(weights);
          if (waiting.size < queueLength) {
            return ask<NetworkReadings[R]>(reader, { type: 'read', reading, weights: copy }, [copy.memory]);
          }
          // The calling thread would have to wait soon: small networks take longer to measure than to train.
          here ??= openNetworkReader(job);
          return (await here).read(reading, unpackTensors(copy));
        },
        close: async () => {
          await Promise.all([ask(reader, { type: 'close' }), here?.then(({ close }) => close())]);
        },
      };
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
