import { availableParallelism } from 'node:os';
import { InputError } from '../errors/input-error.ts';
import { sizeOf } from '../files/read-file.ts';
import { logPath } from '../measurements/log-store.ts';
import { takeTurns } from '../threads/take-turns.ts';
import { ranOutOfMemory, startWorker, type WorkerThread, workerFile } from '../threads/worker-thread.ts';
import type { AnalysisCache } from './analysis-cache-store.ts';
import { codeForThreads } from './analysis-code-store.ts';
import { type AnalysisJob, type AnalysisPart, type AnalyzedPart, partAnalyst } from './analysis-parts.ts';
import { faultOf, type KeepingFault, type ThreadJob } from './analysis-thread.ts';
import { sweepKeptLogs } from './logged-run-store.ts';

/** Above this the engine lets a heap double or more before it collects garbage; below, it collects at a third more. */
const modestHeap = 256;
/** What is made of a log takes up to so many times its bytes, typed arrays aside, where it has little but braces. */
const heapPerLog = 32;

/**
 * How many megabytes the objects of a thread may take that analyzes a study's logs: room for any, and little for garbage. Undefined, for no
 * limit, where control runs of other studies are read too.
 */
export function threadHeap(
  directory: string,
  ids: readonly string[],
  controls?: readonly string[],
): number | undefined {
  if (controls !== undefined) return undefined;
  const largest = ids.reduce((most, id) => Math.max(most, sizeOf(logPath(directory, id))), 0);
  return modestHeap + Math.ceil((heapPerLog * largest) / 2 ** 20);
}

type AnalysisThread = WorkerThread<AnalysisPart, AnalyzedPart, KeepingFault>;

/** With fewer parts a thread takes longer to start than it saves. */
const fewestForThreads = 4;

/** Analyzes parts of a study, on several threads where there are many. The answers are the same for any number of them. */
export class AnalysisPool {
  readonly #job: AnalysisJob;
  readonly #cache: AnalysisCache;
  readonly #workers: number;
  readonly #heap: number | undefined;
  /** Analyzes a part at once, on this thread. */
  readonly answerHere: (part: AnalysisPart) => AnalyzedPart;
  #threads: AnalysisThread[] = [];

  /**
   * @param cache where what logs hold is kept; told what threads could not keep.
   * @param workers threads; as many as there are cores if absent.
   * @param heap see `startWorker`; what a thread has no room for is analyzed on this one. As `threadHeap` has it for a study's logs.
   * @throws InputError for less than one.
   */
  constructor(job: AnalysisJob, cache: AnalysisCache, workers = availableParallelism(), heap?: number) {
    if (!(workers >= 1)) throw new InputError({ field: 'workers', value: workers, allowed: 'at least 1' });
    this.#job = job;
    this.#cache = cache;
    this.#workers = workers;
    this.#heap = heap;
    this.answerHere = partAnalyst(job, cache);
  }

  /**
   * Analyzes parts. Of the answers nothing is kept here: those of a large study are more than fits into memory.
   *
   * @param onDone given each answer as it comes, in whatever order.
   * @param options.about of what a thread has at hand what it needs for another; see `takeTurns`.
   * @param options.meanwhile whether this thread has other things to do: the others then answer even a few.
   */
  async answer<Part extends AnalysisPart>(
    parts: readonly Part[],
    onDone: (part: Part, answer: AnalyzedPart<Part>) => void,
    {
      about,
      meanwhile = false,
    }: { readonly about?: (part: Part) => unknown; readonly meanwhile?: boolean } = {},
  ): Promise<void> {
    const noted =
      (ask: (part: Part) => unknown) =>
      async (part: Part): Promise<void> =>
        onDone(part, (await ask(part)) as AnalyzedPart<Part>);
    if (this.#workers === 1 || parts.length < (meanwhile ? 1 : fewestForThreads)) {
      await takeTurns([noted(this.answerHere)], parts);
      return;
    }
    const { folder } = this.#cache;
    if (this.#threads.length === 0 && folder !== null) sweepKeptLogs(folder);
    while (this.#threads.length < Math.min(this.#workers, parts.length)) this.#threads.push(this.#started());
    await takeTurns(
      this.#threads.map((_, t) => noted((part) => this.#asked(t, part))),
      parts,
      { about },
    );
  }

  /** By a thread; what it has no room for is answered here, and another takes its place. */
  async #asked(t: number, part: AnalysisPart): Promise<AnalyzedPart> {
    try {
      return await this.#threads[t].ask(part, { onNews: (fault) => this.#cache.fail(faultOf(fault)) });
    } catch (error) {
      if (!ranOutOfMemory(error)) throw error;
      this.#threads[t] = this.#started();
      return this.answerHere(part);
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ close }) => close()));
    this.#threads = [];
  }

  #started(): AnalysisThread {
    const file = workerFile(import.meta.url, 'analysis-worker');
    const { folder } = this.#cache;
    const told: ThreadJob = { ...this.#job, cache: folder, code: folder === null ? null : codeForThreads() };
    return startWorker(file, 'the analysis worker', told, this.#heap);
  }
}
