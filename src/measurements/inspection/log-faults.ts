/** Something in a log that is not as it was written. */
export interface LogFault {
  /** Counted from 1; null for what is not there. */
  readonly line: number | null;
  readonly what: string;
}

/** As many as anybody reads: of a file that is all damage the rest is counted only. */
const mostListed = 100;

/** The faults of a log, in the order in which they were found. */
export class LogFaults {
  readonly #listed: LogFault[] = [];
  #count = 0;

  add(line: number | null, what: string): void {
    this.#count++;
    if (this.#listed.length < mostListed) this.#listed.push({ line, what });
  }

  get count(): number {
    return this.#count;
  }

  /** The first hundred. */
  get listed(): readonly LogFault[] {
    return this.#listed;
  }
}
