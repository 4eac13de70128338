import { parentPort, Worker, type WorkerOptions } from 'node:worker_threads';
import { InputError, type InputProblem } from '../errors/input-error.ts';

/** What a worker thread answers to a task. */
type Reply<Result> =
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'input-error'; readonly problem: InputProblem };

/**
 * Does tasks one after another on several threads: whoever is free takes the next.
 *
 * @param worker file of a thread that calls `answerTasks`, and what it is given when it starts.
 * @param onDone called after each task, with its index.
 * @returns the results in the order of the tasks.
 * @throws InputError of a task; the other threads are then stopped.
 */
export async function onThreads<Task, Result>(
  worker: { readonly file: URL; readonly data: WorkerOptions['workerData'] },
  tasks: readonly Task[],
  threads: number,
  onDone: (index: number) => void,
): Promise<Result[]> {
  const pool = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(worker.file, { workerData: worker.data }),
  );
  try {
    return await takeTurns(
      pool.map((thread) => (task: Task) => resultFrom<Task, Result>(thread, task)),
      tasks,
      onDone,
    );
  } finally {
    await Promise.all(pool.map((thread) => thread.terminate()));
  }
}

/** The same with whatever can do a task. */
export async function takeTurns<Task, Result>(
  doers: readonly ((task: Task) => Promise<Result> | Result)[],
  tasks: readonly Task[],
  onDone: (index: number) => void,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  const serve = async (work: (task: Task) => Promise<Result> | Result): Promise<void> => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await work(tasks[index]);
      onDone(index);
    }
  };
  await Promise.all(doers.map(serve));
  return results;
}

/** In a worker thread: answers each task that comes. */
export function answerTasks<Task, Result>(work: (task: Task) => Promise<Result> | Result): void {
  const port = parentPort!;
  const answer = async (task: Task): Promise<Reply<Result>> => {
    try {
      return { type: 'result', result: await work(task) };
    } catch (error) {
      if (error instanceof InputError) return { type: 'input-error', problem: error.problem };
      throw error;
    }
  };
  port.on('message', (task: Task) => {
    answer(task).then(
      (reply) => port.postMessage(reply),
      (error: unknown) => {
        // Rethrown outside the promise so that the pool hears of it as the worker's error.
        setImmediate(() => {
          throw error;
        });
      },
    );
  });
}

function resultFrom<Task, Result>(worker: Worker, task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      action();
    };
    const onMessage = (reply: Reply<Result>): void =>
      settle(() => (reply.type === 'result' ? resolve(reply.result) : reject(new InputError(reply.problem))));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`a worker of the harness ended with code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task);
  });
}
