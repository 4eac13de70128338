import { afterEach, describe, expect, it, vi } from 'vitest';
import { exitCodeAfter, interruptible } from '../../src/cli/interruption.ts';
import { itWith, system } from '../requirements.ts';

afterEach(() => vi.restoreAllMocks());

/** Work that ends when it is told to, or when its signal is aborted. */
function work() {
  let end: (result: string) => void = () => {};
  const promise = new Promise<string>((resolve) => {
    end = resolve;
  });
  return {
    end: (result: string) => end(result),
    run: (signal: AbortSignal) => {
      signal.addEventListener('abort', () => end('cut short'));
      return promise;
    },
  };
}

describe('interruptible work', () => {
  it('that nobody interrupts gives its result', async () => {
    const { run, end } = work();
    const answer = interruptible(run, () => {});
    end('done');
    expect(await answer).toEqual({ result: 'done', interruption: null });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is asked to end by %s, and nothing listens afterwards',
    async (name) => {
      const before = process.listenerCount(name);
      const ends: boolean[] = [];
      const answer = interruptible(work().run, (atOnce) => ends.push(atOnce));
      process.emit(name, name);
      expect(await answer).toEqual({ result: 'cut short', interruption: name });
      expect(ends).toEqual([false]);
      expect(process.listenerCount(name)).toBe(before);
    },
  );

  it('that fails passes its error on, and nothing listens afterwards', async () => {
    const before = process.listenerCount('SIGINT');
    const failing = async (): Promise<never> => {
      throw new Error('broken');
    };
    await expect(interruptible(failing, () => {})).rejects.toThrow('broken');
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  itWith(
    system(process.platform !== 'win32', 'Windows has no signals that a program can answer'),
    'takes an echo of a signal for the same, and a second for an order',
    async () => {
      const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
      let now = 1000;
      vi.spyOn(performance, 'now').mockImplementation(() => now);
      const ends: boolean[] = [];
      let end: () => void = () => {};
      const stubborn = (): Promise<void> =>
        new Promise((resolve) => {
          end = resolve;
        });
      const answer = interruptible(stubborn, (atOnce) => ends.push(atOnce));
      process.emit('SIGINT', 'SIGINT');
      now += 5;
      process.emit('SIGINT', 'SIGINT');
      process.emit('SIGTERM', 'SIGTERM');
      expect([ends, kill.mock.calls]).toEqual([[false], []]);
      now += 300;
      process.emit('SIGTERM', 'SIGTERM');
      expect([ends, kill.mock.calls]).toEqual([[false, true], [[process.pid, 'SIGTERM']]]);
      end();
      expect((await answer).interruption).toBe('SIGINT');
    },
  );

  it('has the exit codes that shells give', () => {
    expect([exitCodeAfter('SIGINT'), exitCodeAfter('SIGTERM')]).toEqual([130, 143]);
  });
});
