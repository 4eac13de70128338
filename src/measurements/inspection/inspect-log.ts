import { InputError } from '../../errors/input-error.ts';
import { endDigest } from '../log/end-digest.ts';
import { LineSplitter } from '../log/line-splitter.ts';
import type { LogContent } from '../log/log-content.ts';
import { complaintAbout } from '../log/log-lines.ts';
import { hasText, readSeal } from '../log/record-seal.ts';
import { lazySpectra } from '../log/spectra-lines.ts';
import { readHeader } from '../run-log.ts';
import type { LogDigest, Run } from '../types.ts';
import { type LogFault, LogFaults } from './log-faults.ts';
import { recoverPlain } from './recover-plain.ts';
import { headerStart, recoverSealed } from './recover-sealed.ts';
import { type Recompute, TolerantReading } from './tolerant-reading.ts';

/** What is whole of a log, and what is lost. */
export interface LogInspection {
  /** Of its format; null where the header is lost, and nothing can be read without it. */
  readonly version: 1 | 2 | null;
  /** What is whole; null without the header. */
  readonly run: Run | null;
  /** Records that are whole, the header and the end among them. */
  readonly whole: number;
  /** Records that are lost, as far as that is known. */
  readonly lost: number;
  readonly hasEnd: boolean;
  /** Whether it stops in the middle of a record, as a kill leaves it. */
  readonly isTorn: boolean;
  /** The first hundred. */
  readonly faults: readonly LogFault[];
  readonly faultCount: number;
}

/** What a log can be held against. */
export interface LogExpectation {
  /** What the manifest says of its end, if it does. */
  readonly digest: LogDigest | null;
  /** For what version 1 logged of spectra. */
  readonly recompute: Recompute;
}

/**
 * Says of a log line by line what is damaged, and reads what is whole: unlike `parseRunLog` it goes on after damage.
 *
 * @param file named in errors.
 * @throws InputError for a log of a later version, or a line too long to be one.
 */
export function inspectLog(bytes: Uint8Array, file: string, expectation: LogExpectation): LogInspection {
  const faults = new LogFaults();
  const found = findHeader(bytes, file, faults);
  const expected = expectation.digest === null ? null : expectation.digest.records + 1;
  if (found === null) {
    const lines = countLines(bytes);
    const lost = expected ?? lines;
    return { version: null, run: null, whole: 0, lost, hasEnd: false, isTorn: false, ...listed(faults) };
  }
  const { header, version, seed } = found;
  const recovered =
    version === 1
      ? recoverPlain(bytes, file, found.line, faults)
      : recoverSealed(bytes, seed, expected, faults);
  const reading = new TolerantReading(header, version, file, faults, expectation.recompute);
  for (const entry of recovered.entries) reading.take(entry);
  reading.finish(recovered.unplaced, expected);
  const { content } = reading;
  if (faults.count === 0) checkDigest(bytes, content, expectation.digest, faults);
  return {
    version,
    run: content.toRun(lazySpectra(content, file, version === 1 ? null : seed, () => bytes)),
    whole: 1 + reading.whole,
    lost: content.lost,
    hasEnd: content.end !== null,
    isTorn: recovered.isTorn,
    ...listed(faults),
  };
}

function listed(faults: LogFaults): Pick<LogInspection, 'faults' | 'faultCount'> {
  return { faults: faults.listed, faultCount: faults.count };
}

/** The header, wherever it stands. */
function findHeader(
  bytes: Uint8Array,
  file: string,
  faults: LogFaults,
): (ReturnType<typeof readHeader> & { readonly seed: number; readonly line: number }) | null {
  for (const line of new LineSplitter().push(bytes)) {
    if (line.number > 1 && !hasText(line.bytes, 0, headerStart)) continue;
    const seal = readSeal(line.bytes, 0);
    if (seal?.holds === false) {
      faults.add(line.number, 'the header: its checksum does not fit it');
      continue;
    }
    try {
      const found = readHeader({ ...line, number: 1, seal }, file, complaintAbout(file, line.number));
      if (line.number > 1) faults.add(line.number, 'the header, out of its place');
      return { ...found, seed: seal?.crc ?? 0, line: line.number };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (line.number === 1) faults.add(1, `no header: ${error.message.replace(`${file}: `, '')}`);
    }
  }
  // The header is written before anything else can happen to a log.
  if (faults.count === 0) faults.add(1, 'no header');
  return null;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (const _ of new LineSplitter().push(bytes)) count++;
  return count;
}

function checkDigest(
  bytes: Uint8Array,
  { end }: LogContent,
  expected: LogDigest | null,
  faults: LogFaults,
): void {
  if (end === null) {
    if (expected !== null) faults.add(null, `the end is lost: there were ${expected.records + 1} records`);
    return;
  }
  const digest = endDigest([bytes]);
  if (digest === null) faults.add(null, 'the digest in its end is not that of the records before it');
  else if (expected !== null && digest.sha256 !== expected.sha256) {
    faults.add(null, 'not the log that the manifest names: its digest is another');
  }
}
