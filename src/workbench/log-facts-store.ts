import { statSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { isFileFault } from '../files/is-file-fault.ts';
import {
  type LogFacts,
  type LogVersion,
  logPath,
  readLogBytes,
  versionOf,
} from '../measurements/log-store.ts';
import type { AnalysisCache } from './analysis-cache-store.ts';

/** What is kept of a log: its facts, and how its file looked when it was read. */
interface KeptFacts {
  readonly log: LogFacts;
  /** Null where the file had been written to just before: it may be written to again within one tick of its clock. */
  readonly file: string | null;
}

/** Nanoseconds for which a file must have been left alone. File systems count time in ticks of up to two seconds. */
const settled = 2_000_000_000n;

/**
 * What is known of a log from before, if the log is what it was: if its file has the size, the times of change and the number that it had, or
 * else the same bytes.
 */
export function keptFacts(directory: string, id: string, cache: AnalysisCache): LogFacts | null {
  const kept = cache.read<KeptFacts>(nameOf(id), {});
  if (kept === null) return null;
  const before = fileState(directory, id);
  if (before !== null && before === kept.file) return kept.log;
  const { bytes, sha256 } = kept.log.version;
  const found = versionThere(directory, id);
  if (found?.bytes !== bytes || found.sha256 !== sha256) return null;
  // The study was moved, or the file touched.
  keepFacts(directory, id, { log: kept.log, before }, cache);
  return kept.log;
}

/** Null where it cannot be read: whoever reads it in its turn says why. */
function versionThere(directory: string, id: string): LogVersion | null {
  try {
    return versionOf(readLogBytes(logPath(directory, id)));
  } catch (error) {
    if (error instanceof InputError || isFileFault(error)) return null;
    throw error;
  }
}

/** @param read with how the file looked before: it may have changed meanwhile. */
export function keepFacts(
  directory: string,
  id: string,
  { log, before }: { readonly log: LogFacts; readonly before: string | null },
  cache: AnalysisCache,
): void {
  const same = before !== null && before === fileState(directory, id);
  cache.keep(nameOf(id), {}, { log, file: same ? before : null } satisfies KeptFacts);
}

/** How a log's file looks, which is another whenever it was written to; null where that is not sure yet. */
export function fileState(directory: string, id: string): string | null {
  const found = statSync(logPath(directory, id), { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return null;
  const { size, mtimeNs, ctimeNs, ino } = found;
  const now = BigInt(Date.now()) * 1_000_000n;
  if ([mtimeNs, ctimeNs].some((time) => now - time < settled)) return null;
  return [size, mtimeNs, ctimeNs, ino].join(' ');
}

function nameOf(id: string): string {
  return `runs/${id}`;
}
