import { Presets, SingleBar } from 'cli-progress';
import { plainLine } from '../errors/plain-text.ts';
import type { OnProgress } from '../workbench/progress.ts';

/** Reports how much of a long piece of work is done. */
export interface Progress {
  /** @param done units finished so far, of the total given at the start; @param note what is being worked on. */
  update(done: number, note?: string): void;
  stop(): void;
}

/** Work that ends sooner than this shows no bar: a flash of one is noise. */
const patience = 700;

/**
 * A progress bar with the time left, on standard error. Silent when that is not a terminal, or when `quiet`.
 *
 * @param label what is being done, e.g. `training`.
 * @param total number of units of work.
 */
export function startProgress(label: string, total: number, quiet = false): Progress {
  if (quiet || !process.stderr.isTTY || total <= 0) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      format: `${label.padEnd(10)} {bar} {percentage}% | {eta_formatted} left | {note}`,
      hideCursor: true,
      etaBuffer: 50,
      fps: 8,
      stream: process.stderr,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  const started = Date.now();
  let [shown, stopped] = [false, false];
  return {
    update(done, note = '') {
      if (stopped || (!shown && Date.now() - started < patience)) return;
      if (!shown) {
        bar.start(total, 0, { note: '' });
        shown = true;
      }
      bar.update(done, { note: plainLine(note, 40) });
    },
    stop() {
      if (shown) bar.stop();
      stopped = true;
    },
  };
}

const labels: Readonly<Record<Parameters<OnProgress>[0]['stage'], string>> = {
  training: 'Training',
  measuring: 'Measuring',
  probing: 'Probing',
  reading: 'Reading',
  analyzing: 'Analyzing',
  auditing: 'Auditing',
  testing: 'Testing',
  drawing: 'Drawing',
  validating: 'Validating',
  comparing: 'Comparing',
};

/**
 * A bar for each stage of a long piece of work.
 *
 * @returns what is told how far the work has come, and what takes the last bar away, after which none is drawn.
 */
export function progressBars(quiet?: boolean): { readonly update: OnProgress; readonly stop: () => void } {
  let shown: { readonly stage: string; readonly bar: Progress } | null = null;
  let stopped = false;
  return {
    update: ({ stage, done, total, what }) => {
      if (stopped) return;
      if (shown?.stage !== stage) {
        shown?.bar.stop();
        shown = { stage, bar: startProgress(labels[stage], total, quiet) };
      }
      shown.bar.update(done, what);
    },
    stop: () => {
      stopped = true;
      shown?.bar.stop();
    },
  };
}

/** Does work under such bars: the last one is gone when it is done, or has failed. */
export function withProgress<T>(quiet: boolean | undefined, work: (onProgress: OnProgress) => T): T {
  const bars = progressBars(quiet);
  let waitsFor: Promise<unknown> | null = null;
  try {
    const result = work(bars.update);
    if (!(result instanceof Promise)) return result;
    waitsFor = result.finally(bars.stop);
    return waitsFor as T;
  } finally {
    if (waitsFor === null) bars.stop();
  }
}
