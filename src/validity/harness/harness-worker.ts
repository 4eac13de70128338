import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../../threads/answer-questions.ts';
import { openDetector } from './detector-store.ts';
import type { HarnessWork } from './harness-pool.ts';
import { type Batch, type Tally, tallyBatch } from './tally.ts';

/** A worker thread that tallies one batch after another for `harness-pool`. */

const { source, conditions } = workerData as HarnessWork;
const opened = openDetector(source);

answerQuestions<Batch, Tally>(parentPort!, async (batch) => tallyBatch(await opened, batch, conditions));
