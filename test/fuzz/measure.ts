import { GCProfiler, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { InputError } from '../../src/errors/input-error.ts';
import { memoryAllowance } from '../../src/formats/memory-budget.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';

/** What reading one file did. */
export interface Measured {
  readonly outcome: 'read' | 'refused' | 'failed';
  /** What was thrown, unless the file was read. */
  readonly error: unknown;
  /** On the clock or of the processor, whichever is less: the machine may be busy with something else. */
  readonly seconds: number;
  /** Bytes taken from the JavaScript heap and in array buffers, garbage that has not been collected among them. */
  readonly taken: number;
}

// The collector is needed, whatever flags the process was started with.
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

/** Twice: a second collection waits for the memory that the first one only marked as free. */
function collectYoung(): void {
  gc({ type: 'minor' });
  gc({ type: 'minor' });
}

/**
 * Collections until nothing more comes free: the engine keeps the shapes of objects that are gone for two collections more, which after a
 * record of many keys is more than its content.
 */
const untilNothingIsLeft = 4;

function collect(times: number): void {
  for (let i = 0; i < times; i++) gc();
}

/** Heap and array buffers in use; a buffer counts with its full size, whether or not it was written to. */
function bytesInUse(): number {
  const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  return heap + buffers;
}

/** Garbage that may lie about when a file is read: little beside what the collector waits for before it runs by itself. */
const mostGarbage = 2 ** 20;
let collected = Number.NEGATIVE_INFINITY;

/** What is in use, with little garbage among it: the collector takes longer than most files, so that it runs only where it is due. */
function cleanStart(): number {
  const inUse = bytesInUse();
  if (Math.abs(inUse - collected) < mostGarbage) return inUse;
  collectYoung();
  collected = bytesInUse();
  return collected;
}

/** Reads a file once, and says what that took. */
export function measure({ read }: FuzzedReader, bytes: Uint8Array): Measured {
  const before = cleanStart();
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  let outcome: Measured['outcome'] = 'read';
  let error: unknown;
  try {
    read(bytes);
  } catch (thrown) {
    outcome = thrown instanceof InputError ? 'refused' : 'failed';
    error = thrown;
  }
  const taken = bytesInUse() - before;
  const { user, system } = process.cpuUsage(cpu);
  const seconds = Math.min((performance.now() - started) / 1e3, (user + system) / 1e6);
  return { outcome, error, seconds, taken };
}

/**
 * Bytes that a reader cannot do without: what is held once garbage is collected, or what lies in array buffers when it
 * ends, whichever is more. Of heap memory that it takes and gives back on the way this knows nothing; see `peakOf`.
 *
 * @param collections that garbage gets; with two, which take less time, some of it may be counted.
 */
export function needed({ read }: FuzzedReader, bytes: Uint8Array, collections = untilNothingIsLeft): number {
  collect(collections);
  const before = getHeapStatistics();
  let kept: unknown;
  try {
    kept = read(bytes);
  } catch (thrown) {
    kept = thrown;
  }
  const buffers = getHeapStatistics().external_memory - before.external_memory;
  collect(collections);
  const after = getHeapStatistics();
  const held = after.used_heap_size + after.external_memory - before.used_heap_size - before.external_memory;
  // Named here so that the collector above leaves it alone.
  return kept === collect ? 0 : Math.max(buffers, held);
}

/**
 * Most bytes that were in use at once, as the collector left them each time that it ran. For a process in which it runs at
 * every megabyte that is taken, and through all of the heap (`--max-semi-space-size=1 --gc-global`).
 */
export function peakOf({ read }: FuzzedReader, bytes: Uint8Array): number {
  collect(untilNothingIsLeft);
  const before = bytesInUse();
  const profiler = new GCProfiler();
  profiler.start();
  let kept: unknown;
  try {
    kept = read(bytes);
  } catch (thrown) {
    kept = thrown;
  }
  collect(untilNothingIsLeft);
  const { statistics } = profiler.stop();
  const seen = statistics.map(
    ({ afterGC: { heapStatistics } }) => heapStatistics.usedHeapSize + heapStatistics.externalMemory,
  );
  return kept === collect ? 0 : Math.max(...seen, bytesInUse()) - before;
}

/** Most bytes that reading this file may take. */
export function allowance({ contentBytes, ceiling = 0 }: FuzzedReader, bytes: Uint8Array): number {
  return Math.max(ceiling, memoryAllowance(contentBytes?.(bytes) ?? bytes.length));
}
