import { RunningSha256 } from '../../checksums/digest.ts';
import type { LogDigest } from '../types.ts';
import { sealRecord } from './record-seal.ts';

const utf8 = new TextEncoder();

/**
 * Turns the records of a log, in their order, into its lines: each numbered and sealed, the last with the digest of all. Lines wait until they
 * are taken, however many together: a log has millions, and their bytes are made and digested in one go.
 *
 * @example
 * const encoder = new LogEncoder();
 * for (const record of ['{"format":"mine"}', '{"step":0}']) encoder.add(record);
 * new TextDecoder().decode(encoder.taken()).split('\n').length; // 3, the last one empty
 */
export class LogEncoder {
  readonly #digest = new RunningSha256();
  #records = 0;
  #seed = 0;
  #waiting = '';

  /**
   * Adds the line of the next record. The first record is the header.
   *
   * @param record JSON of an object that is not empty, on one line.
   */
  add(record: string): void {
    this.#records++;
    const text = sealRecord(record, this.#records, this.#seed);
    if (this.#records === 1) this.#seed = Number.parseInt(text.slice(-10, -2), 16);
    this.#waiting += `${text}\n`;
  }

  /** Characters of lines that were not taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The lines since they were taken last. */
  taken(): Uint8Array {
    const bytes = utf8.encode(this.#waiting);
    this.#waiting = '';
    this.#digest.update(bytes);
    return bytes;
  }

  /**
   * The lines that wait and the last line of a run that ended by itself, and what that says of those before it.
   *
   * @param reason `complete`, or why the run stopped.
   * @param step the last one measured, or null.
   * @throws RangeError if no reason is given.
   */
  end(
    reason: string,
    step: number | null,
  ): { readonly lines: readonly Uint8Array[]; readonly digest: LogDigest } {
    if (reason === '') throw new RangeError('the end of a run needs a reason');
    const before = this.taken();
    const digest = { records: this.#records, sha256: this.#digest.digest() };
    this.add(JSON.stringify({ end: { reason, step, ...digest } }));
    return { lines: [before, this.taken()], digest };
  }
}
