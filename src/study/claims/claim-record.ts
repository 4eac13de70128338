import { z } from 'zod';
import { parseJson } from '../../formats/json.ts';
import type { ProcessIdentity, ProcessState } from './process-identity.ts';

/** How often a holder renews its claims, in milliseconds. */
export const renewalInterval = 20_000;

/**
 * A claim that was not renewed for so many milliseconds has lost its holder, unless that holder is seen to run. Nine
 * renewals may fail before: a server that is slow for a minute, or shows others a state a minute old, costs nobody a run.
 */
export const silenceLimit = 180_000;

/** What a claim's file says. */
export interface ClaimRecord extends ProcessIdentity {
  /** The run, or the study's own records. */
  readonly of: string;
  /** Drawn at random for every claim. */
  readonly id: string;
  /** When it was made, by the holder's clock: for people. */
  readonly since: string;
}

/** Who holds a claim, as far as its file tells. */
export interface ClaimHolder {
  /** null if the file is damaged, or still being written. */
  readonly record: ClaimRecord | null;
  /** Milliseconds since it was last renewed, by the clock of the file system. */
  readonly silence: number;
}

const format = 'rankscope claim';
/** Some of it reaches the terminal. */
const text = z
  .string()
  .max(500)
  .regex(/^\P{Cc}*$/u);
const schema = z.object({
  format: z.literal(format),
  of: text,
  id: text,
  host: text,
  processTable: text.nullable(),
  pid: z.int().positive(),
  started: text.nullable(),
  since: text,
});

/** One line of JSON. */
export function formatClaim(record: ClaimRecord): string {
  return `${JSON.stringify({ format, ...record })}\n`;
}

/** @returns null for anything that is no claim: whoever finds one can only wait until it is old. */
export function parseClaim(content: string): ClaimRecord | null {
  try {
    const { format: _, ...record } = schema.parse(parseJson(content));
    return record;
  } catch {
    return null;
  }
}

/**
 * Whether a claim has lost its holder. Where the holder's process can be looked for, it holds the claim as long as it
 * runs, however silent; elsewhere as long as it renews it.
 *
 * @param here the process that asks.
 * @param stateOf looks for a process in the table of the one that asks.
 */
export function isAbandoned(
  { record, silence }: ClaimHolder,
  here: Pick<ProcessIdentity, 'processTable'>,
  stateOf: (pid: number) => ProcessState,
): boolean {
  if (record !== null && record.processTable !== null && record.processTable === here.processTable) {
    const state = stateOf(record.pid);
    if (!state.running) return true;
    // Another process has got the number since.
    if (state.started !== null && record.started !== null) return state.started !== record.started;
  }
  return silence > silenceLimit;
}

/** The holder in words, e.g. `process 4711 on node07`. */
export function describeHolder({ record }: ClaimHolder): string {
  return record === null ? 'an unknown process' : `process ${record.pid} on ${record.host}`;
}
