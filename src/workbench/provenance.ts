import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { StudyManifest } from '../measurements/types.ts';
import type { Room } from '../study/run-queue.ts';

const packageJson = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  name: string;
  version: string;
};

/** Name and version of this program, as manifests record them. */
export const tool: StudyManifest['tool'] = { name: packageJson.name, version: packageJson.version };

/** The machine a study is trained on: what a reader needs to judge repeatability and speed. */
export function describeMachine(): StudyManifest['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

/** What may be asked of the memory that is free: the rest is for what cannot be foreseen. */
const shareOfMemory = 0.8;
/** So much of all memory may be asked for whatever counts as free, which often leaves out what the system gives back when asked: caches of files. */
const leastShare = 0.25;

/** Bytes of memory of a machine. */
export interface Memory {
  readonly available: number;
  readonly total: number;
  /** What a scheduler or container allows; more than there is, or 0, where nothing does. */
  readonly limit: number;
}

/**
 * What runs may take of this machine together: its cores, or as many threads as runs were asked for, and the memory that is
 * free now, within the limit that a scheduler or container sets.
 */
export function roomHere(workers: number, memory: Memory = memoryHere()): Room {
  const { available, total, limit } = memory;
  const all = limit > 0 ? Math.min(total, limit) : total;
  return {
    threads: Math.max(workers, availableParallelism()),
    memory: Math.max(shareOfMemory * available, leastShare * all),
  };
}

function memoryHere(): Memory {
  return { available: process.availableMemory(), total: totalmem(), limit: process.constrainedMemory() };
}
