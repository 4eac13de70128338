import { setFlagsFromString } from 'node:v8';
import { InputError } from '../errors/input-error.ts';
import { startWorker, type WorkerThread, workerFile } from '../threads/worker-thread.ts';
import type { RunOutcome } from './execute-run.ts';
import type { RunCost } from './run-cost.ts';
import type { RunPlan } from './run-plan.ts';
import { type PlacedPlan, type Room, RunQueue } from './run-queue.ts';
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
  /** What each run needs, by its id; all need the same, if absent. */
  readonly costs?: ReadonlyMap<string, RunCost>;
  /** What they may take together; whatever they want, if absent. */
  readonly room?: Room;
  /** Training steps done over all runs so far, each weighed by `weightOf`, and the run that advanced. */
  readonly onProgress?: (stepsDone: number, run: string) => void;
  /** How much a step of a run counts; 1 if absent. */
  readonly weightOf?: (plan: RunPlan) => number;
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
 * there are fewer runs than workers, each run measures on a further thread. The longest are begun first, and none for which there
 * is no room beside those under way.
 *
 * A run that fails, its thread with it, leaves the others to train; another attempt may go on with it.
 *
 * @param workers how many runs train side by side, at most.
 * @returns the outcomes of the runs that were begun, in the order of the plans.
 * @throws InputError of the first run that could not use its input; runs under way are then stopped.
 */
export async function executeRuns(
  directory: string,
  plans: readonly RunPlan[],
  workers: number,
  {
    costs,
    room = unlimited,
    onProgress,
    weightOf = () => 1,
    onOutcome,
    askLeave = () => leaveForAll,
    signal,
  }: RunPoolOptions = {},
): Promise<TimedOutcome[]> {
  const outcomes = new Array<TimedOutcome>(plans.length);
  const stepsDone = new Float64Array(plans.length);
  // Heeded by threads that start from here on.
  setFlagsFromString(`--initial-heap-size=${initialHeapMegabytes}`);
  const pool: RunThread[] = [];
  const queue = new RunQueue(
    plans.map((plan, place) => ({ plan, place, cost: costs?.get(plan.id) ?? leastCost })),
    room,
  );
  const hasSpareCore = workers > plans.length;

  const execute = async (worker: RunThread, { plan, place }: PlacedPlan, leave: RunLeave): Promise<void> => {
    const advance = (done: number): void => {
      stepsDone[place] = done * weightOf(plan);
      onProgress?.(
        stepsDone.reduce((sum, steps) => sum + steps, 0),
        plan.id,
      );
    };
    const stop = createStopWord();
    const forget = new AbortController();
    whenAborted(signal, forget.signal, () => requestStop(stop, 'after-step'));
    whenAborted(leave.lost, forget.signal, () => requestStop(stop, 'at-once'));
    const started = performance.now();
    try {
      outcomes[place] = await worker.ask({ plan, directory, hasSpareCore, stop }, { onNews: advance });
    } catch (error) {
      if (error instanceof InputError) throw error;
      outcomes[place] = failedOutcome(plan, error, (performance.now() - started) / 1000);
    } finally {
      forget.abort();
      leave.release();
    }
    if (!outcomes[place].unfinished) advance(plan.training.steps);
    await onOutcome?.(outcomes[place]);
  };
  const serve = async (): Promise<void> => {
    let worker: RunThread | null = null;
    for (let next = await queue.take(); next !== null; next = await queue.take()) {
      try {
        if (signal?.aborted) return;
        const leave = askLeave(next.plan);
        if (leave === null) continue;
        if (worker === null || worker.hasFailed) {
          worker = startWorker(workerFile(import.meta.url, 'run-worker'), 'a training worker');
          pool.push(worker);
        }
        await execute(worker, next, leave);
      } catch (error) {
        // Before others who wait for room may begin.
        queue.clear();
        throw error;
      } finally {
        queue.release(next);
      }
    }
  };
  const served = Array.from({ length: Math.min(workers, plans.length) }, serve);
  try {
    await Promise.all(served);
  } finally {
    await Promise.all(pool.map((worker) => worker.close()));
    await Promise.allSettled(served);
  }
  return outcomes.filter((outcome) => outcome !== undefined);
}

const unlimited: Room = { threads: Number.POSITIVE_INFINITY, memory: Number.POSITIVE_INFINITY };

const leastCost: RunCost = { perStep: 1, memory: 0, threads: 1 };

/** How the reason of a run begins whose thread failed. */
export const failed = 'failed';

/** Of a run whose thread failed: for want of memory, because of a file, or of a fault of the program. */
function failedOutcome({ id }: RunPlan, error: unknown, seconds: number): TimedOutcome {
  const stopped = `${failed}: ${error instanceof Error ? error.message : String(error)}`;
  return { id, accuracy: null, stopped, unfinished: true, remarks: [], seconds };
}

const leaveForAll: RunLeave = { lost: new AbortController().signal, release: () => {} };

function whenAborted(signal: AbortSignal | undefined, forget: AbortSignal, action: () => void): void {
  if (signal?.aborted) action();
  else signal?.addEventListener('abort', action, { once: true, signal: forget });
}
