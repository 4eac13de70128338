import { parentPort } from 'node:worker_threads';
import { answerReadings } from './answer-readings.ts';

/** A worker thread that reads networks for `measuringThread`. */
answerReadings(parentPort!);
