import { parentPort } from 'node:worker_threads';
import { answerReadings } from '../../dist/study/answer-readings.js';
import { openNetworkReader } from '../../dist/study/network-reader.js';

/**
 * A measuring worker that takes its time to open a network, and over every reading: the training thread, whose requests are
 * kept waiting, has to take several readings at once.
 */
const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

answerReadings(parentPort, async (job) => {
  await rest(400);
  const reader = await openNetworkReader(job);
  return {
    read: async (reading, weights) => {
      await rest(10);
      return reader.read(reading, weights);
    },
    close: reader.close,
  };
});
