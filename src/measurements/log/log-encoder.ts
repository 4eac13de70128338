import { RunningSha256 } from '../../checksums/digest.ts';
import type { LogDigest } from '../types.ts';
import { LineBytes } from './line-bytes.ts';
import { sealRecord } from './record-seal.ts';

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
  /** Lines that were not taken yet, and where the one that is being made begins. */
  readonly #waiting = new LineBytes();
  #start = 0;

  /**
   * Adds the line of the next record. The first record is the header.
   *
   * @param record JSON of an object that is not empty, on one line.
   */
  add(record: string): void {
    this.#waiting.text(record);
    this.#seal();
  }

  /** The same of a record whose JSON is put there. @param index which one. */
  addBytes(put: (line: LineBytes, index: number) => void, index: number): void {
    put(this.#waiting, index);
    this.#seal();
  }

  /** Bytes of lines that were not taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The lines since they were taken last. */
  taken(): Uint8Array {
    const bytes = this.#waiting.from(0).slice();
    this.#waiting.clear();
    this.#start = 0;
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

  #seal(): void {
    this.#records++;
    const crc = sealRecord(this.#waiting, this.#start, this.#records, this.#seed);
    if (this.#records === 1) this.#seed = crc;
    this.#start = this.#waiting.length;
  }
}
