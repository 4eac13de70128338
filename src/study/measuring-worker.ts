import { parentPort } from 'node:worker_threads';
import { unpackTensors } from '../training/training-state.ts';
import type { MeasuringRequest } from './measuring-pool.ts';
import { type NetworkReader, openNetworkReader } from './network-reader.ts';

/** A worker thread that reads one network after another for `measuringThread`. */

const port = parentPort!;
let reader: NetworkReader | null = null;
// A request waits for the one before it: reading awaits, and answers must come in the order of the requests.
let last: Promise<void> = Promise.resolve();

async function answer(request: MeasuringRequest): Promise<unknown> {
  switch (request.type) {
    case 'open':
      await reader?.close();
      reader = await openNetworkReader(request.job);
      return null;
    case 'read':
      return reader!.read(request.reading, unpackTensors(request.weights));
    case 'close':
      await reader?.close();
      reader = null;
      return null;
  }
}

port.on('message', (request: MeasuringRequest) => {
  last = last.then(async () => port.postMessage(await answer(request)));
  last.catch((error: unknown) => {
    // Rethrown outside the promise so that the other side hears of it as the worker's error.
    setImmediate(() => {
      throw error;
    });
  });
});
