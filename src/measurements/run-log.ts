import { InputError } from '../errors/input-error.ts';
import { LogContent } from './log/log-content.ts';
import { LogDecoder, type LogLine } from './log/log-decoder.ts';
import { type Complaint, complaintAbout, decodeLine, parseLine, stepOfSpectra } from './log/log-lines.ts';
import { PlainSteps } from './log/plain-steps.ts';
import { lazySpectra, type MeasurementSpectra, readSpectraLine } from './log/spectra-lines.ts';
import { headerDisagreement } from './log/unsealed-agreement.ts';
import { parseHeader, type RunHeader } from './run-header.ts';
import type { LogDigest, Run } from './types.ts';

/**
 * Reads a run's log. A log may end anywhere, since its writer may have been killed: a torn last line is dropped,
 * and so is a last measurement whose spectra are missing; such a run says `complete: false`. Every other damage is an
 * error: each record's checksum and number are checked, and what is logged twice must agree. Logs of version 1 have no
 * checksums; of them only the latter is checked.
 *
 * Spectra are the bulk of a log and most readers do without them: they are parsed when `layer.spectra` is first read.
 *
 * @param bytes the whole file.
 * @param file named in errors.
 * @param reread gives the bytes again for the spectra; by default `bytes` are kept for that.
 * @throws InputError naming the file and the line, if the log is damaged before its last line.
 */
export function parseRunLog(bytes: Uint8Array, file: string, reread: () => Uint8Array = () => bytes): Run {
  const reader = new RunLogReader(file, reread);
  reader.push(bytes);
  reader.finish();
  return reader.toRun();
}

/** Spectra of one measurement. */
export interface LastSpectra {
  readonly step: number;
  readonly layers: MeasurementSpectra;
}

/**
 * Reads a log as it grows; see `parseRunLog`, which does it at once.
 *
 * @example
 * const reader = new RunLogReader('run.jsonl', () => readFileSync('run.jsonl'));
 * for await (const bytes of createReadStream('run.jsonl')) reader.push(bytes);
 * reader.toRun().steps;
 */
export class RunLogReader {
  readonly #file: string;
  readonly #reread: () => Uint8Array;
  readonly #decoder = new LogDecoder();
  #content: LogContent | null = null;
  #version: 1 | 2 = 2;
  /** Null where records have no seals, by which their end is known. */
  #plain: PlainSteps | null = null;

  /** @param reread gives the whole log, as far as it is there, when spectra are asked for. */
  constructor(file: string, reread: () => Uint8Array) {
    this.#file = file;
    this.#reread = reread;
  }

  /**
   * Takes the bytes that follow those pushed before; they may end anywhere, and may not be changed afterwards.
   *
   * @throws InputError at the first damage; the reader is of no use afterwards.
   */
  push(bytes: Uint8Array): void {
    for (const line of this.#decoder.push(bytes)) this.#take(line);
  }

  /** No more will come: a last line without a line end counts if it is whole. */
  finish(): void {
    const line = this.#decoder.rest;
    if (line === null || this.#content === null) return;
    const isWhole =
      this.#version === 1 ? parseLine(line, this.#file) !== undefined : (line.seal?.holds ?? false);
    if (isWhole) this.#take(line);
  }

  /** What the log begins with; null before it was read. */
  get header(): RunHeader | null {
    return this.#content?.header ?? null;
  }

  /** What the end record says of the log; null if there is none (yet), or the log is of version 1. */
  get digest(): LogDigest | null {
    return this.#content?.end?.digest ?? null;
  }

  /**
   * The run as far as it was read.
   *
   * @throws InputError if not even the header was.
   */
  toRun(): Run {
    const content = this.#content;
    if (content === null) {
      throw new InputError({ file: this.#file, allowed: 'a run log; its first line is missing or torn' });
    }
    const seed = this.#version === 1 ? null : this.#decoder.seed;
    return content.toRun(lazySpectra(content, this.#file, seed, this.#reread));
  }

  /**
   * The spectra of the last measurement that has them, by layer; null where the log has none yet.
   *
   * @param read gives the bytes of the log from one place up to another.
   * @throws InputError if they are not what was there when they were read.
   */
  lastSpectra(read: (start: number, end: number) => Uint8Array): LastSpectra | null {
    const last = this.#content?.lastSpectra ?? null;
    if (last === null) return null;
    const { line, step } = last;
    const seed = this.#version === 1 ? null : this.#decoder.seed;
    const bytes = read(line.start, line.end);
    return { step, layers: readSpectraLine(line, bytes, this.#content!.header, this.#file, seed) };
  }

  #take(line: LogLine): void {
    const complain = complaintAbout(this.#file, line.number);
    if (this.#content === null) {
      const { header, version } = readHeader(line, this.#file, complain);
      this.#version = version;
      this.#content = new LogContent(header, version);
      this.#plain = version > 1 ? new PlainSteps(header) : null;
      return;
    }
    if (this.#version > 1) assertSealed(line, complain);
    const measurement = this.#plain?.read(line.bytes) ?? null;
    if (measurement !== null) {
      this.#content.addPlain(measurement, complain);
      return;
    }
    const step = stepOfSpectra(line.bytes);
    if (step !== null) {
      this.#content.addSpectra(line, step, complain);
      return;
    }
    const record = parseLine(line, this.#file);
    if (record === undefined) throw complain('a complete JSON object');
    this.#content.add(record, line, complain);
  }
}

/**
 * A log's header, from its first line.
 *
 * @throws InputError if it is damaged, or of a version that is not known.
 */
export function readHeader(line: LogLine, file: string, complain: Complaint): ReturnType<typeof parseHeader> {
  if (line.seal?.holds === false) throw complain(damagedRecord);
  const text = decodeLine(line.bytes, line.number, file);
  if (text === undefined) throw complain('text in UTF-8');
  const { header, version } = parseHeader(text, file);
  if (version > 1) assertSealed(line, complain);
  else if (line.seal !== null) throw complain('no checksum in a log of version 1');
  const disagreement = version === 1 ? headerDisagreement(header) : null;
  if (disagreement === null) return { header, version };
  throw complain(disagreement.allowed, disagreement.field, disagreement.value);
}

const seeVerify = '(rankscope verify says what is whole, rankscope repair keeps it)';
const damagedRecord = `a record that its checksum fits: this one is damaged, or of another run ${seeVerify}`;

/** @throws what `complain` returns, if the record is not what was written, or not in its place. */
export function assertSealed({ seal, number }: LogLine, complain: Complaint): void {
  if (seal === null) throw complain(`a record that ends in its number and checksum ${seeVerify}`);
  if (!seal.holds) throw complain(damagedRecord);
  if (seal.number !== number) {
    throw complain(`${number}: lines were lost, doubled or swapped ${seeVerify}`, 'n', seal.number);
  }
}
