import type { MessagePort } from 'node:worker_threads';
import { InputError, type InputProblem } from '../errors/input-error.ts';

/** A question as it crosses to the thread. */
export interface Asked<Question> {
  readonly request: number;
  readonly question: Question;
}

/** What comes back: news, then the answer or what was wrong with the input. */
export type Said<Answer, News> = { readonly request: number } & (
  | { readonly type: 'news'; readonly news: News }
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'input-error'; readonly problem: InputProblem }
);

/**
 * Answers the questions of whoever started this thread with `startWorker`. Errors about input cross as such; any other is
 * the thread's own, and ends it.
 *
 * @param answer given the question, and whom to tell what is to be known before the answer.
 */
export function answerQuestions<Question, Answer, News = never>(
  port: Pick<MessagePort, 'postMessage' | 'on'>,
  answer: (question: Question, tell: (news: News) => void) => Answer | Promise<Answer>,
): void {
  port.on('message', ({ request, question }: Asked<Question>) => {
    const say = (said: Said<Answer, News>): void => port.postMessage(said);
    const answered = async (): Promise<void> => {
      const given = await answer(question, (news) => say({ request, type: 'news', news }));
      say({ request, type: 'answer', answer: given });
    };
    answered().catch((error: unknown) => {
      if (error instanceof InputError) return say({ request, type: 'input-error', problem: error.problem });
      // Rethrown outside the promise, so that the other side hears of it as the worker's error.
      setImmediate(() => {
        throw error;
      });
    });
  });
}
