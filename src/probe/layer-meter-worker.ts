import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answer-questions.ts';
import { layerMeter, type MeteredLayers } from './layer-meter.ts';
import type { MeterQuestion, MeterWorkerData } from './layer-meter-pool.ts';

/** A worker thread that measures what layers put out for `layerMeterOnThread`. */

const { layouts, examples } = workerData as MeterWorkerData;
const meter = layerMeter(layouts, examples);

answerQuestions<MeterQuestion, MeteredLayers | null>(parentPort!, async (question) => {
  if (question.type === 'measure') return meter.measure();
  await meter.take(question.outputs);
  return null;
});
