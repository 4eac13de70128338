import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type ClaimHolder, parseClaim } from './claim-record.ts';

/** A file of a chain of claims. */
export interface ClaimLink extends ClaimHolder {
  readonly path: string;
  readonly content: string;
}

/** Far above any real claim. */
const largestClaim = 4096;

export function firstClaimPath(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}

/** Where a claim lies that succeeds one of this content. */
export function nextClaimPath(folder: string, content: string): string {
  return join(folder, `.after-${createHash('sha256').update(content).digest('hex').slice(0, 32)}.json`);
}

/**
 * The claims made on a run, from the first to the one that holds.
 *
 * @param now by the clock of the file system, in milliseconds.
 */
export function readClaimChain(folder: string, name: string, now: number): ClaimLink[] {
  const chain: ClaimLink[] = [];
  for (let path = firstClaimPath(folder, name); ; path = nextClaimPath(folder, chain.at(-1)!.content)) {
    const link = readClaimFile(path, now);
    if (link === null) return chain;
    chain.push(link);
  }
}

/** One claim; null if it is not there. */
export function readClaimFile(path: string, now: number): ClaimLink | null {
  const file = openIfThere(path, 'r');
  if (file === null) return null;
  try {
    const content = readStart(file);
    return { path, content, record: parseClaim(content), silence: now - fstatSync(file).mtimeMs };
  } finally {
    closeSync(file);
  }
}

/**
 * Writes the content of a claim in place, so that its age begins anew.
 *
 * @returns false, with nothing written, if it is not there or another.
 */
export function renewClaimFile(path: string, content: string): boolean {
  const file = openIfThere(path, 'r+');
  if (file === null) return false;
  try {
    if (readStart(file) !== content) return false;
    writeSync(file, content, 0);
    return true;
  } finally {
    closeSync(file);
  }
}

function readStart(file: number): string {
  const bytes = Buffer.alloc(largestClaim);
  return bytes.toString('utf8', 0, readSync(file, bytes, 0, largestClaim, 0));
}

function openIfThere(path: string, flags: 'r' | 'r+'): number | null {
  try {
    return openSync(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
