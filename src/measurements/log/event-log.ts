import type { RunEvent } from '../types.ts';
import type { Complaint, Fields } from './log-lines.ts';

const longestName = 200;

/** Collects the events of a run, in file order. */
export class EventLog {
  readonly #events: RunEvent[] = [];

  /** @throws what `complain` returns, for an event before the one that is logged before it, or without a name. */
  add({ step, name }: Fields, complain: Complaint): void {
    const previous = this.#events.at(-1)?.step ?? 0;
    if (!Number.isSafeInteger(step) || step < previous) {
      throw complain(`a whole number from ${previous}`, 'event.step', step);
    }
    if (typeof name !== 'string' || name === '' || name.length > longestName) {
      throw complain(`a text of 1 to ${longestName} characters`, 'event.name', name);
    }
    this.#events.push({ step, name });
  }

  toEvents(): RunEvent[] {
    return [...this.#events];
  }
}
