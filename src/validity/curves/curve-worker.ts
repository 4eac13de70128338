import { parentPort, workerData } from 'node:worker_threads';
import { answerQuestions } from '../../threads/answer-questions.ts';
import { type CurveTask, type Measured, measureCell } from './measure-cell.ts';
import type { MeasureOptions } from './measure-nulls.ts';

/** A worker thread that measures one cell after another for `curve-pool`. */

answerQuestions<CurveTask, Measured[keyof Measured]>(parentPort!, (task) =>
  measureCell(task, workerData as MeasureOptions),
);
