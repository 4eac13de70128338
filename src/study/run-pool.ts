import { setFlagsFromString } from 'node:v8';
import { startWorker, type WorkerThread, workerFile } from '../threads/worker-thread.ts';
import type { RunOutcome } from './execute-run.ts';
import type { RunPlan } from './run-plan.ts';
import { createStopWord, requestStop, type StopWord } from './stop-request.ts';

export interface RunRequest {
  readonly plan: RunPlan;
  /** The study's directory, into whose `runs` the log goes. */
  readonly directory: string;
  /** Whether a core is free to measure on while the run trains. */
  readonly hasSpareCore: boolean;
  /** Where the run learns that it is to stop. */
  readonly stop: StopWord;
}

/** A run's outcome and how long it took on the clock, which is no part of any log. */
export interface TimedOutcome extends RunOutcome {
  readonly seconds: number;
}

/** Leave to train a run, given up when it has ended. */
export interface RunLeave {
  /** Aborted if the run is another process's from now on. */
  readonly lost: AbortSignal;
  release(): void;
}

export interface RunPoolOptions {
  /** Training steps done over all runs so far, and the run that advanced. */
  readonly onProgress?: (stepsDone: number, run: string) => void;
  /** Told of every run as it ends; a promise is waited for. */
  readonly onOutcome?: (outcome: TimedOutcome) => unknown;
  /** Asked before a run is begun; null: it is not to be trained here. Every run may be, if absent. */
  readonly askLeave?: (plan: RunPlan) => RunLeave | null;
  /** Once aborted, runs under way finish their step and save it, and no other is begun. */
  readonly signal?: AbortSignal;
}

/** A thread that trains one run at a time; before the outcome it says how many steps are done. */
type RunThread = WorkerThread<RunRequest, TimedOutcome, number>;

/**
 * Heap that a worker may fill before V8 first collects it whole. ONNX Runtime hands back copies of all gradients at every
 * step; with V8's cautious start, what they add up to has the heap marked every few steps, a third of the processor's time.
 */
const initialHeapMegabytes = 256;

/**
 * Trains runs on worker threads, one run per worker at a time: across many runs this beats two threads per run. Where
 * there are fewer runs than workers, each run measures on a further thread.
 *
 * @param workers how many runs train side by side.
 * @returns the outcomes of the runs that were begun, in the order of the plans.
 * @throws InputError of the first run that could not use its input; runs under way are then stopped.
 */
export async function executeRuns(
  directory: string,
  plans: readonly RunPlan[],
  workers: number,
  { onProgress, onOutcome, askLeave = () => leaveForAll, signal }: RunPoolOptions = {},
): Promise<TimedOutcome[]> {
  const outcomes = new Array<TimedOutcome>(plans.length);
  const stepsDone = new Float64Array(plans.length);
  // Heeded by threads that start from here on.
  setFlagsFromString(`--initial-heap-size=${initialHeapMegabytes}`);
  const pool: RunThread[] = [];
  const queue = byDataset(plans);
  const hasSpareCore = workers > plans.length;

  const execute = async (worker: RunThread, { plan, place }: PlacedPlan, leave: RunLeave): Promise<void> => {
    const advance = (done: number): void => {
      stepsDone[place] = done;
      onProgress?.(
        stepsDone.reduce((sum, steps) => sum + steps, 0),
        plan.id,
      );
    };
    const stop = createStopWord();
    const forget = new AbortController();
    whenAborted(signal, forget.signal, () => requestStop(stop, 'after-step'));
    whenAborted(leave.lost, forget.signal, () => requestStop(stop, 'at-once'));
    try {
      outcomes[place] = await worker.ask({ plan, directory, hasSpareCore, stop }, { onNews: advance });
    } finally {
      forget.abort();
      leave.release();
    }
    if (!outcomes[place].unfinished) advance(plan.training.steps);
    await onOutcome?.(outcomes[place]);
  };
  const serve = async (): Promise<void> => {
    let worker: RunThread | null = null;
    for (let next = queue.shift(); next !== undefined && !signal?.aborted; next = queue.shift()) {
      const leave = askLeave(next.plan);
      if (leave === null) continue;
      if (worker === null) {
        worker = startWorker(workerFile(import.meta.url, 'run-worker'), 'a training worker');
        pool.push(worker);
      }
      await execute(worker, next, leave);
    }
  };
  const served = Array.from({ length: Math.min(workers, plans.length) }, serve);
  try {
    await Promise.all(served);
  } finally {
    // After a failure nothing else is begun.
    queue.length = 0;
    await Promise.all(pool.map((worker) => worker.close()));
    await Promise.allSettled(served);
  }
  return outcomes.filter((outcome) => outcome !== undefined);
}

const leaveForAll: RunLeave = { lost: new AbortController().signal, release: () => {} };

function whenAborted(signal: AbortSignal | undefined, forget: AbortSignal, action: () => void): void {
  if (signal?.aborted) action();
  else signal?.addEventListener('abort', action, { once: true, signal: forget });
}

interface PlacedPlan {
  readonly plan: RunPlan;
  readonly place: number;
}

/** The plans and their places, those of one data set together: a worker keeps the last one it opened. */
function byDataset(plans: readonly RunPlan[]): PlacedPlan[] {
  const placed = plans.map((plan, place) => ({ plan, place }));
  const datasets = [...new Set(plans.map(({ dataset }) => dataset))];
  return datasets.flatMap((name) => placed.filter(({ plan }) => plan.dataset === name));
}
