import { RunningSha256 } from '../../checksums/digest.ts';
import type { LogDigest } from '../types.ts';
import { sealRecord } from './record-seal.ts';

const utf8 = new TextEncoder();

/** Turns the records of a log, in their order, into its lines: each numbered and sealed, the last with the digest of all. */
export class LogEncoder {
  readonly #digest = new RunningSha256();
  #records = 0;
  #seed = 0;

  /**
   * The line of the next record, with its line end. The first record is the header.
   *
   * @param record JSON of an object that is not empty, on one line.
   */
  line(record: string): Uint8Array {
    this.#records++;
    const text = sealRecord(record, this.#records, this.#seed);
    if (this.#records === 1) this.#seed = Number.parseInt(text.slice(-10, -2), 16);
    const bytes = utf8.encode(`${text}\n`);
    this.#digest.update(bytes);
    return bytes;
  }

  /**
   * The last line of a run that ended by itself, and what it says of those before it.
   *
   * @param reason `complete`, or why the run stopped.
   * @param step the last one measured, or null.
   * @throws RangeError if no reason is given.
   */
  end(reason: string, step: number | null): { readonly line: Uint8Array; readonly digest: LogDigest } {
    if (reason === '') throw new RangeError('the end of a run needs a reason');
    const digest = { records: this.#records, sha256: this.#digest.digest() };
    return { line: this.line(JSON.stringify({ end: { reason, step, ...digest } })), digest };
  }
}
