import { parentPort, workerData } from 'node:worker_threads';
import { sizeOf } from '../autodiff/tensor.ts';
import { answerQuestions } from '../threads/answer-questions.ts';
import { openSession } from './session.ts';
import type { SessionQuestion, SessionWorkerData, SharedTensor } from './session-pool.ts';

/** A worker thread that runs one graph for `openSessionOnThread`. */

const { model, memory, inputs, outputs } = workerData as SessionWorkerData;
const shared = new Float32Array(memory);
const local = (tensors: readonly SharedTensor[]) =>
  new Map(tensors.map(({ name, shape }) => [name, { shape, data: new Float32Array(sizeOf(shape)) }]));
const [given, filled] = [local(inputs), local(outputs)];
const session = await openSession(model);

answerQuestions<SessionQuestion, null>(parentPort!, async (question) => {
  if (question === 'ready') return null;
  for (const { name, shape, offset } of inputs) {
    given.get(name)!.data.set(shared.subarray(offset, offset + sizeOf(shape)));
  }
  await session.run(given, filled);
  for (const { name, offset } of outputs) shared.set(filled.get(name)!.data, offset);
  return null;
});
