import { takeTurns } from '../../threads/take-turns.ts';
import { startWorker, workerFile } from '../../threads/worker-thread.ts';
import { type CurveTask, type Measured, measureCell } from './measure-cell.ts';
import type { MeasureOptions } from './measure-nulls.ts';

type Row = Measured[keyof Measured];

/**
 * Measures cells on worker threads, or in this thread where one worker is enough.
 *
 * @param onDone called after each cell, with its index.
 * @returns the rows in the order of the tasks.
 */
export async function measureCells(
  tasks: readonly CurveTask[],
  options: MeasureOptions,
  workers: number,
  onDone: (index: number) => void,
): Promise<Row[]> {
  if (workers === 1) return takeTurns([(task: CurveTask) => measureCell(task, options)], tasks, { onDone });
  const file = workerFile(import.meta.url, 'curve-worker');
  const pool = Array.from({ length: Math.min(workers, tasks.length) }, () =>
    startWorker<CurveTask, Row>(file, 'a worker of the harness', options),
  );
  try {
    return await takeTurns(
      pool.map((worker) => (task: CurveTask) => worker.ask(task)),
      tasks,
      { onDone },
    );
  } finally {
    await Promise.all(pool.map((worker) => worker.close()));
  }
}
