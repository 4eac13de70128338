import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM'] as const;
export type Interruption = (typeof signals)[number];

/**
 * Milliseconds within which a second signal is the first one again: npm passes on to a program what the terminal has sent
 * to both. Nobody presses Ctrl-C twice as quickly.
 */
const echo = 100;

/**
 * Does work that can be asked to come to an end: the first SIGINT (Ctrl-C) or SIGTERM aborts the work's signal, the second
 * ends this process at once.
 *
 * @param beforeEnd called ahead of the one or the other, e.g. to give back the terminal; told whether the end is at once.
 * @returns the work's result, and which signal came, if one did.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  beforeEnd: (atOnce: boolean) => void,
): Promise<{ readonly result: T; readonly interruption: Interruption | null }> {
  const controller = new AbortController();
  let interruption: Interruption | null = null;
  let received = 0;
  const ignore = (): void => {
    for (const name of signals) process.off(name, onSignal);
  };
  const onSignal = (name: Interruption): void => {
    if (interruption !== null && performance.now() - received < echo) return;
    beforeEnd(interruption !== null);
    if (interruption === null) {
      interruption = name;
      received = performance.now();
      controller.abort();
      return;
    }
    ignore();
    // As if it had never been listened for: an exit would wait for threads that compute.
    if (process.platform === 'win32') process.exit(exitCodeAfter(name));
    process.kill(process.pid, name);
  };
  for (const name of signals) process.on(name, onSignal);
  try {
    return { result: await work(controller.signal), interruption };
  } finally {
    ignore();
  }
}

/** What a shell gives for a process that ended by this signal: 130 or 143. */
export function exitCodeAfter(name: Interruption): number {
  return 128 + constants.signals[name];
}
