import { workerData } from 'node:worker_threads';
import { answerTasks } from '../task-pool.ts';
import { openDetector } from './detector-store.ts';
import type { HarnessWork } from './harness-pool.ts';
import { type Batch, tallyBatch } from './tally.ts';

/** A worker thread that tallies one batch after another for `harness-pool`. */

const { source, conditions } = workerData as HarnessWork;
const opened = openDetector(source);

answerTasks(async (batch: Batch) => tallyBatch(await opened, batch, conditions));
