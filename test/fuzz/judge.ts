import type { FuzzedReader } from './fuzzed-reader.ts';
import { allowance, type Measured, measure, needed } from './measure.ts';

/** What a reader did that it may not do. */
export interface Finding {
  readonly kind: 'another error' | 'slow' | 'memory' | 'hang' | 'crash';
  readonly detail: string;
}

export interface Judgement {
  readonly measured: Measured;
  readonly finding: Finding | null;
}

export interface JudgeOptions {
  /** Measures the memory of a suspicious case; `needed` if absent. */
  readonly peak?: (reader: FuzzedReader, bytes: Uint8Array, collections?: number) => number;
  /** No case may take longer, whatever the file says; 1 if absent. */
  readonly mostSeconds?: number;
}

/**
 * Reads a case and judges it: only an InputError may come out, within a second, and for no more memory than the file
 * warrants. A limit that seems to be broken is looked at again: the machine may have been busy, the memory garbage.
 */
export function judge(
  reader: FuzzedReader,
  bytes: Uint8Array,
  { peak = needed, mostSeconds = 1 }: JudgeOptions = {},
): Judgement {
  const measured = measure(reader, bytes);
  return { measured, finding: findingOf(reader, bytes, measured, { peak, mostSeconds }) };
}

function findingOf(
  reader: FuzzedReader,
  bytes: Uint8Array,
  { outcome, error, seconds, taken }: Measured,
  { peak, mostSeconds }: Required<JudgeOptions>,
): Finding | null {
  if (outcome === 'failed') {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'another error', detail: detail.slice(0, 2000) };
  }
  if (seconds > mostSeconds) {
    const again = measure(reader, bytes).seconds;
    if (again > mostSeconds) {
      return { kind: 'slow', detail: `${Math.min(seconds, again).toFixed(1)} s for ${bytes.length} bytes` };
    }
  }
  const most = allowance(reader, bytes);
  if (taken <= most) return null;
  const beyond = ROOM * most;
  const really = leastOf((isFirst) => peak(reader, bytes, isFirst ? 2 : undefined), beyond);
  if (really <= beyond) return null;
  return { kind: 'memory', detail: `${really} bytes for ${bytes.length}; allowed: ${most}` };
}

/**
 * How much more than allowed is found: what the engine holds for the same objects differs with all that its process has run before, of one file of 672 columns
 * by seven tenths. What this is to find takes a multiple.
 */
const ROOM = 1.25;

/** Measurements of memory that a suspicious case gets: what the engine compiles or tidies up meanwhile is counted with it. */
const MEASUREMENTS = 3;

/** The least of several measurements, of which the first may be hasty, or the first that is no more than allowed. */
function leastOf(measurement: (isFirst: boolean) => number, most: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < MEASUREMENTS && least > most; i++) least = Math.min(least, measurement(i === 0));
  return least;
}
