import { Presets, SingleBar } from 'cli-progress';
import { plainLine } from '../errors/plain-text.ts';

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
