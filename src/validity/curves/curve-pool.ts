import { onThreads, takeTurns } from '../task-pool.ts';
import { type CurveTask, type Measured, measureCell } from './measure-cell.ts';
import type { MeasureOptions } from './measure-nulls.ts';

type Row = Measured[keyof Measured];

/** The compiled worker; from the TypeScript sources (tests) the one in `dist` is used. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/validity/curves/curve-worker.js' : './curve-worker.js',
  import.meta.url,
);

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
  return workers === 1
    ? takeTurns([(task: CurveTask) => measureCell(task, options)], tasks, onDone)
    : onThreads({ file: workerFile, data: options }, tasks, workers, onDone);
}
