import { exclusive } from '../training/exclusive.ts';
import { type PackedTensors, unpackTensors } from '../training/training-state.ts';
import {
  type NetworkReader,
  openNetworkReader,
  type ReadingJob,
  type ReadingKind,
} from './network-reader.ts';

/** What a measuring thread is asked. Every request is answered once, under its number. */
export type MeasuringRequest = {
  readonly request: number /** Of the network. */;
  readonly reader: number;
} & (
  | { readonly type: 'open'; readonly job: ReadingJob }
  | { readonly type: 'read'; readonly reading: ReadingKind; readonly weights: PackedTensors }
  | { readonly type: 'close' }
);

export interface MeasuringAnswer {
  readonly request: number;
  readonly answer: unknown;
}

/** One end of a channel between threads. */
export interface MeasuringPort {
  on(event: 'message', heard: (request: MeasuringRequest) => void): unknown;
  postMessage(answer: MeasuringAnswer): void;
}

/**
 * Reads networks for whoever asks on the other side of a port, one request after another.
 *
 * @param openReader how a network is read; slower ones have their uses in tests.
 */
export function answerReadings(
  port: MeasuringPort,
  openReader: (job: ReadingJob) => Promise<NetworkReader> = openNetworkReader,
): void {
  const networks = exclusive(new Map<number, NetworkReader>());
  const answer = async (readers: Map<number, NetworkReader>, asked: MeasuringRequest): Promise<unknown> => {
    switch (asked.type) {
      case 'open':
        readers.set(asked.reader, await openReader(asked.job));
        return null;
      case 'read':
        return readers.get(asked.reader)!.read(asked.reading, unpackTensors(asked.weights));
      case 'close':
        await readers.get(asked.reader)?.close();
        readers.delete(asked.reader);
        return null;
    }
  };
  port.on('message', (asked) => {
    networks
      .use(async (readers) =>
        port.postMessage({ request: asked.request, answer: await answer(readers, asked) }),
      )
      .catch((error: unknown) => {
        // Rethrown outside the promise so that the other side hears of it as the worker's error.
        setImmediate(() => {
          throw error;
        });
      });
  });
}
