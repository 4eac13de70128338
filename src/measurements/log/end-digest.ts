import { RunningSha256 } from '../../checksums/digest.ts';
import type { LogDigest } from '../types.ts';
import { LogDecoder, type LogLine } from './log-decoder.ts';
import { isFields, parseLine } from './log-lines.ts';

const newline = Uint8Array.of(0x0a);

/**
 * How many records stand before a log's end record, and their digest; null if the log has no end record, or a record
 * in it is not what was written. Records are not looked into: of version 1, which has no checksums, the digest is
 * merely what the log holds now.
 *
 * @param pieces the log's bytes, in pieces of any size.
 */
export function endDigest(pieces: Iterable<Uint8Array>): LogDigest | null {
  const decoder = new LogDecoder();
  const running = new RunningSha256();
  let sealed: boolean | null = null;
  let last: LogLine | null = null;
  for (const piece of pieces) {
    for (const line of decoder.push(piece)) {
      if (last !== null) {
        running.update(last.bytes);
        running.update(newline);
      }
      sealed ??= line.seal !== null;
      if (sealed && !(line.seal?.holds && line.seal.number === line.number)) return null;
      last = line;
    }
  }
  if (last === null || decoder.rest !== null) return null;
  const end: unknown = parseLine(last, '')?.end;
  if (!isFields(end)) return null;
  const digest = { records: last.number - 1, sha256: running.digest() };
  return !sealed || (end.records === digest.records && end.sha256 === digest.sha256) ? digest : null;
}
