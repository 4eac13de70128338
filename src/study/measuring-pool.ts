import { Worker } from 'node:worker_threads';
import type { LayerRecord } from '../measurements/step-record.ts';
import type { Measurer } from './measurer.ts';

/** The compiled worker; from the TypeScript sources (tests) the one in `dist` is used. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/study/measuring-worker.js' : './measuring-worker.js',
  import.meta.url,
);

interface Waiting {
  readonly resolve: (records: LayerRecord[]) => void;
  readonly reject: (error: Error) => void;
}

/** Measures on a worker thread of its own, while the calling thread trains on: for a run that has a core to spare. */
export function measureOnWorker(): Measurer {
  const worker = new Worker(workerFile);
  // It answers in the order it was asked.
  const waiting: Waiting[] = [];
  const fail = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('message', (records: LayerRecord[]) => waiting.shift()!.resolve(records));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the measuring worker ended with code ${code}`)));
  return {
    // A few, so that neither thread waits for the other where measurements differ in length.
    ahead: 4,
    measure: (matrices) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(
          matrices,
          matrices.map(({ data }) => data.buffer as ArrayBuffer),
        );
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
