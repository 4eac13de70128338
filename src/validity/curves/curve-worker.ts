import { workerData } from 'node:worker_threads';
import { answerTasks } from '../task-pool.ts';
import { type CurveTask, measureCell } from './measure-cell.ts';
import type { MeasureOptions } from './measure-nulls.ts';

/** A worker thread that measures one cell after another for `curve-pool`. */

answerTasks((task: CurveTask) => measureCell(task, workerData as MeasureOptions));
