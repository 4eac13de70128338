import type { MessagePort } from 'node:worker_threads';
import { answerQuestions } from '../threads/answer-questions.ts';
import { exclusive } from '../training/exclusive.ts';
import { type PackedTensors, unpackTensors } from '../training/training-state.ts';
import {
  type NetworkReader,
  openNetworkReader,
  type ReadingJob,
  type ReadingKind,
} from './network-reader.ts';

/** What a measuring thread is asked of one of its networks. */
export type MeasuringQuestion = { readonly reader: number } & (
  | { readonly type: 'open'; readonly job: ReadingJob }
  | { readonly type: 'read'; readonly reading: ReadingKind; readonly weights: PackedTensors }
  | { readonly type: 'close' }
);

/**
 * Reads networks for whoever asks on the other side of a port, one request after another.
 *
 * @param openReader how a network is read; slower ones have their uses in tests.
 */
export function answerReadings(
  port: MessagePort,
  openReader: (job: ReadingJob) => Promise<NetworkReader> = openNetworkReader,
): void {
  const networks = exclusive(new Map<number, Promise<NetworkReader>>());
  const answer = async (
    readers: Map<number, Promise<NetworkReader>>,
    asked: MeasuringQuestion,
  ): Promise<unknown> => {
    switch (asked.type) {
      case 'open':
        readers.set(asked.reader, openReader(asked.job));
        // What went wrong every reading says again.
        await readers.get(asked.reader);
        return null;
      case 'read':
        return (await readers.get(asked.reader)!).read(asked.reading, unpackTensors(asked.weights));
      case 'close':
        await (await readers.get(asked.reader))?.close();
        readers.delete(asked.reader);
        return null;
    }
  };
  answerQuestions<MeasuringQuestion, unknown>(port, (asked) =>
    networks.use((readers) => answer(readers, asked)),
  );
}
