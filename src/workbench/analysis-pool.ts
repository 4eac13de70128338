import { availableParallelism } from 'node:os';
import { InputError } from '../errors/input-error.ts';
import { takeTurns } from '../threads/take-turns.ts';
import { startWorker, type WorkerThread, workerFile } from '../threads/worker-thread.ts';
import { type AnalysisJob, type AnalysisPart, type AnalyzedPart, partAnalyst } from './analysis-parts.ts';

/** With fewer parts a thread takes longer to start than it saves. */
const fewestForThreads = 4;

/** Analyzes parts of a study, on several threads where there are many. The answers are the same for any number of them. */
export class AnalysisPool {
  readonly #job: AnalysisJob;
  readonly #workers: number;
  /** Analyzes a part at once, on this thread. */
  readonly answerHere: (part: AnalysisPart) => AnalyzedPart;
  #threads: WorkerThread<AnalysisPart, AnalyzedPart>[] = [];

  /**
   * @param workers threads; as many as there are cores if absent.
   * @throws InputError for less than one.
   */
  constructor(job: AnalysisJob, workers = availableParallelism()) {
    if (!(workers >= 1)) throw new InputError({ field: 'workers', value: workers, allowed: 'at least 1' });
    this.#job = job;
    this.#workers = workers;
    this.answerHere = partAnalyst(job);
  }

  /**
   * Analyzes parts.
   *
   * @param onDone told of each answer as it comes.
   * @param about of what a thread has at hand what it needs for another; see `takeTurns`.
   * @returns the answers, in the order of the parts.
   */
  answer<Part extends AnalysisPart>(
    parts: readonly Part[],
    onDone: (part: Part, answer: AnalyzedPart<Part>) => void,
    about?: (part: Part) => unknown,
  ): Promise<AnalyzedPart<Part>[]> {
    const noted =
      (ask: (part: Part) => unknown) =>
      async (part: Part): Promise<AnalyzedPart<Part>> => {
        const answer = (await ask(part)) as AnalyzedPart<Part>;
        onDone(part, answer);
        return answer;
      };
    if (this.#workers === 1 || parts.length < fewestForThreads)
      return takeTurns([noted(this.answerHere)], parts);
    const threads = this.#started(Math.min(this.#workers, parts.length));
    return takeTurns(
      threads.map(({ ask }) => noted((part) => ask(part))),
      parts,
      { about },
    );
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ close }) => close()));
    this.#threads = [];
  }

  #started(count: number): readonly WorkerThread<AnalysisPart, AnalyzedPart>[] {
    while (this.#threads.length < count) {
      this.#threads.push(
        startWorker(workerFile(import.meta.url, 'analysis-worker'), 'the analysis worker', this.#job),
      );
    }
    return this.#threads;
  }
}
