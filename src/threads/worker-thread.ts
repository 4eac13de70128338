import { Worker } from 'node:worker_threads';
import { InputError } from '../errors/input-error.ts';
import type { Asked, Said } from './answer-questions.ts';

/** A thread that answers questions, for whoever has started it. */
export interface WorkerThread<Question, Answer, News = never> {
  /** Questions that are not answered yet. */
  readonly open: number;
  /** Whether the thread has failed or ended: it answers nothing from then on. */
  readonly hasFailed: boolean;
  /**
   * Asks at once; answers come in whatever order the thread gives them.
   *
   * @param given memory that goes over to the thread instead of being copied.
   * @param onNews told what the thread says before its answer.
   * @throws InputError as the thread threw it; an Error where the thread failed or ended.
   */
  ask<A extends Answer = Answer>(
    question: Question,
    options?: { readonly given?: ArrayBuffer[]; readonly onNews?: (news: News) => void },
  ): Promise<A>;
  /** Ends the thread, in the middle of its work if need be. */
  close(): Promise<void>;
}

interface Waiting<News> {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly onNews?: (news: News) => void;
}

/**
 * Starts a thread on a module that calls `answerQuestions`.
 *
 * @param file see `workerFile`.
 * @param name of the thread, for messages.
 * @param workerData what the module finds as `workerData`.
 * @param heap megabytes that its objects may take, typed arrays aside: a thread that needs more ends, see `ranOutOfMemory`. As many as the engine
 *   allows if absent; with few it collects its garbage sooner.
 */
export function startWorker<Question, Answer, News = never>(
  file: URL,
  name: string,
  workerData?: unknown,
  heap?: number,
): WorkerThread<Question, Answer, News> {
  const worker = new Worker(file, {
    workerData,
    ...(heap !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heap } }),
  });
  const waiting = new Map<number, Waiting<News>>();
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  worker.on('message', (said: Said<Answer, News>) => {
    const asked = waiting.get(said.request);
    if (said.type === 'news') {
      asked?.onNews?.(said.news);
      return;
    }
    waiting.delete(said.request);
    if (said.type === 'answer') asked?.resolve(said.answer as never);
    else asked?.reject(new InputError(said.problem));
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`${name} ended with code ${code}`)));
  let requests = 0;
  return {
    get open() {
      return waiting.size;
    },
    get hasFailed() {
      return failure !== null;
    },
    ask: (question, { given = [], onNews } = {}) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        const request = requests++;
        waiting.set(request, { resolve, reject, onNews });
        worker.postMessage({ request, question } satisfies Asked<Question>, given);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Whether a thread ended since its objects took more than its `heap`. */
export function ranOutOfMemory(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/**
 * The compiled module of that name beside another module; from the TypeScript sources (tests) the one in `dist`.
 *
 * @param module `import.meta.url` of the module beside which it lies.
 * @example
 * workerFile('file:///rankscope/src/study/run-pool.ts', 'run-worker').pathname; // '/rankscope/dist/study/run-worker.js'
 */
export function workerFile(module: string, name: string): URL {
  const compiled = module.endsWith('.ts') ? module.replace(/\/src\/(?!.*\/src\/)/, '/dist/') : module;
  return new URL(`./${name}.js`, compiled);
}
