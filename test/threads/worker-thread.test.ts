import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { startWorker, workerFile } from '../../src/threads/worker-thread.ts';
import { compiledProgram } from '../compiled-program.ts';
import { describeWith } from '../requirements.ts';

interface Question {
  readonly text: string;
  readonly wait?: number;
}

const start = () =>
  startWorker<Question, string, string>(new URL('./echoing-worker.mjs', import.meta.url), 'the echo');

describeWith(compiledProgram('threads/answer-questions.js'), 'a thread that answers questions', () => {
  it('answers each under its own question, in whatever order, and tells news before', async () => {
    const thread = start();
    const news: string[] = [];
    const slow = thread.ask({ text: 'slow', wait: 200 }, { onNews: (one) => news.push(one) });
    const fast = thread.ask({ text: 'fast' });
    expect(thread.open).toBe(2);
    const order: string[] = [];
    await Promise.all([slow, fast].map((answer) => answer.then((text) => order.push(text))));
    expect(order).toEqual(['fast', 'slow']);
    expect(news).toEqual(['heard slow']);
    expect(thread.open).toBe(0);
    await thread.close();
  });

  it('takes over memory that is given', async () => {
    const thread = start();
    const given = new ArrayBuffer(8);
    await thread.ask({ text: 'mine' }, { given: [given] });
    expect(given.byteLength).toBe(0);
    await thread.close();
  });

  it('says of bad input what is allowed, and goes on', async () => {
    const thread = start();
    const refused = thread.ask({ text: 'refuse' });
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow('text is "refuse"; allowed: something else');
    expect(await thread.ask({ text: 'next' })).toBe('next');
    await thread.close();
  });

  it.each([
    ['break', 'broken'],
    ['leave', 'the echo ended with code 3'],
  ])('fails every open question, and every later one, when it ends by %s', async (text, message) => {
    const thread = start();
    const asked = [thread.ask({ text: 'slow', wait: 10_000 }), thread.ask({ text })];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { message } });
    }
    await expect(thread.ask({ text: 'next' })).rejects.toThrow(message);
  });
});

describe('the file of a worker', () => {
  it('is the compiled one: beside compiled code, or in dist for sources', () => {
    expect(workerFile('file:///src/a/src/study/run-pool.ts', 'run-worker').href).toBe(
      'file:///src/a/dist/study/run-worker.js',
    );
    expect(workerFile('file:///a/dist/study/run-pool.js', 'run-worker').href).toBe(
      'file:///a/dist/study/run-worker.js',
    );
  });
});
