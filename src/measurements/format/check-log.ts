import { RunningSha256 } from '../../checksums/digest.ts';
import { InputError } from '../../errors/input-error.ts';
import { inPresentSpelling } from '../../formats/former-spelling.ts';
import { LogDecoder, type LogLine } from '../log/log-decoder.ts';
import { type Fields, parseLine } from '../log/log-lines.ts';
import { shapeProblems } from '../parse-json.ts';
import { headerSchema, parseHeader, type RunHeader } from '../run-header.ts';
import { parseRunLog } from '../run-log.ts';
import type { LogDigest } from '../types.ts';
import { headerMisfits, type RecordProblem } from './header-fit.ts';
import { RecordOrder } from './record-order.ts';
import { kindOf, recordKinds, recordSchemas } from './record-schemas.ts';

/** Something in a file that its format does not allow. */
export interface FormatFault {
  /** Counted from 1; null for what concerns the whole file. */
  readonly line: number | null;
  /** Where in the line's record, e.g. `layers[2].metrics.stable_rank`; null for the record as a whole. */
  readonly field: string | null;
  /** What stands there and what is allowed, in words. */
  readonly message: string;
}

/** What a log is found to be. */
export interface LogCheck {
  /** Every one of them; a log without is one that every reader takes. */
  readonly faults: readonly FormatFault[];
  /** Of its format; null if the header does not say. */
  readonly version: 1 | 2 | null;
  readonly lines: number;
  /** Whether the run has ended by itself; one that was killed, or is under way, has not. */
  readonly hasEnd: boolean;
}

/**
 * Holds a log against its format and names every fault at once: each record against its schema, the header and the
 * records before it, and in version 2 against its number and checksum. A last line that is torn is no fault: a run may
 * be killed at any moment.
 *
 * @param file named in faults of the reader.
 * @example
 * checkLog(readFileSync('runs/mine.jsonl'), 'mine.jsonl').faults; // [{ line: 3, field: 'loss', message: … }]
 */
export function checkLog(bytes: Uint8Array, file: string): LogCheck {
  const check = new LogChecker(file);
  const decoder = new LogDecoder();
  for (const line of decoder.push(bytes)) check.take(line);
  const { rest } = decoder;
  // Without its line end a last line counts if it is whole, as for every reader.
  if (rest !== null && (rest.number === 1 || parseLine(rest, file) !== undefined)) check.take(rest);
  if (check.lines === 0) check.fault(null, { allowed: 'a run log: the file is empty' });
  if (check.faults.length === 0) check.readThrough(bytes);
  const { faults, version, lines, hasEnd } = check;
  return { faults, version, lines, hasEnd };
}

class LogChecker implements LogCheck {
  readonly faults: FormatFault[] = [];
  version: 1 | 2 | null = null;
  lines = 0;
  hasEnd = false;
  readonly #file: string;
  readonly #digest = new RunningSha256();
  /** Number that the next line bears. */
  #next = 1;
  #header: RunHeader | null = null;
  #order: RecordOrder | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  fault(line: number | null, problem: RecordProblem): void {
    // Worded as every error about input is.
    const { message } = new InputError(problem);
    this.faults.push({ line, field: problem.field ?? null, message });
  }

  take(line: LogLine): void {
    const fault = (problem: RecordProblem) => this.fault(line.number, problem);
    const record = parseLine(line, this.#file);
    if (record === undefined) fault({ allowed: 'a JSON object on one line, in UTF-8' });
    else if (line.number === 1) for (const problem of this.#headerProblems(line, record)) fault(problem);
    else for (const problem of this.#recordProblems(record)) fault(problem);
    if (this.version === 2) for (const problem of sealProblems(line, this.#next)) fault(problem);
    else if (this.version === 1 && line.seal !== null)
      fault({ allowed: 'no checksum in a log of version 1' });
    this.#digest.update(line.bytes);
    this.#digest.update(newline);
    this.#next = (line.seal?.number ?? this.#next) + 1;
    this.lines++;
  }

  /** What is not checked record by record shows where the log is read. */
  readThrough(bytes: Uint8Array): void {
    try {
      for (const { spectra } of parseRunLog(bytes, this.#file).layers) void spectra;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { field, ...problem } = error.problem;
      this.faults.push({
        line: null,
        field: field ?? null,
        message: new InputError({ ...problem, field }).message,
      });
    }
  }

  #headerProblems(line: LogLine, record: Fields): RecordProblem[] {
    const version: unknown = record.schemaVersion;
    this.version = version === 1 || version === 2 ? version : null;
    const problems = shapeProblems(headerSchema, inPresentSpelling(record));
    if (problems.length > 0) return problems;
    try {
      this.#header = parseHeader(new TextDecoder().decode(line.bytes), this.#file).header;
      this.#order = new RecordOrder(this.#header);
      return [];
    } catch (error) {
      if (error instanceof InputError) return [error.problem];
      throw error;
    }
  }

  #recordProblems(record: Fields): RecordProblem[] {
    const kind = kindOf(record);
    if (kind === null) return [{ allowed: `a record with one of ${recordKinds.join(', ')}` }];
    if (kind === 'end') this.hasEnd = true;
    const fields = kind === 'spectra' ? (inPresentSpelling(record) as Fields) : record;
    const problems = shapeProblems(recordSchemas[kind], fields);
    if (this.#header === null || this.#order === null) return problems;
    if (problems.length > 0) {
      this.#order.passOver(kind);
      return problems;
    }
    return [
      ...headerMisfits(kind, fields, this.#header, this.version === 2),
      ...this.#order.problems(kind, fields, this.#before(kind === 'end')),
    ];
  }

  #before(isEnd: boolean): LogDigest | null {
    if (this.version !== 2 || !isEnd) return null;
    return { records: this.lines, sha256: this.#digest.digest() };
  }
}

const newline = Uint8Array.of(0x0a);

/** @param expected the number that follows that of the line before: a line that is missing is said once. */
function sealProblems({ seal }: LogLine, expected: number): RecordProblem[] {
  if (seal === null) return [{ allowed: 'a line that ends in its number and checksum: ,"n":…,"crc":"…"}' }];
  return [
    ...(seal.number === expected
      ? []
      : [{ field: 'n', value: seal.number, allowed: `${expected}, one more than in the line before` }]),
    ...(seal.holds ? [] : [{ field: 'crc', allowed: 'the checksum of what stands before it on the line' }]),
  ];
}
