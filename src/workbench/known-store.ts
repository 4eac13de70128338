import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { knownTransitions } from '../known/known-transitions.ts';
import type { KnownFact } from '../known/types.ts';
import { readStudyFile } from './input-files.ts';
import { openStudy } from './open-study.ts';
import type { OnProgress } from './progress.ts';
import { trainStudy } from './train-study.ts';

/** A known transition, trained here and held against what is known of it. */
export interface ValidatedTransition {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** Runs that were trained. */
  readonly runs: number;
  readonly facts: readonly KnownFact[];
  /** Whether every fact holds. */
  readonly holds: boolean;
}

export interface ValidateKnownOptions {
  /** Names of transitions; all if absent. */
  readonly names?: readonly string[];
  /** Runs trained side by side; the outcome does not depend on it. */
  readonly workers?: number;
  /** A folder to keep the studies in, one below the other; they are trained elsewhere and thrown away if absent. */
  readonly keep?: string;
  readonly onProgress?: OnProgress;
  /** Told of each transition as it ends. */
  readonly onTransition?: (validated: ValidatedTransition) => void;
}

/**
 * Trains the studies of known transitions, and holds what the program finds in them against what is known.
 *
 * @throws InputError for a name that no transition has.
 * @example
 * const [{ holds, facts }] = await validateKnown({ names: ['deep-linear'] });
 */
export async function validateKnown({
  names,
  workers,
  keep,
  onProgress,
  onTransition,
}: ValidateKnownOptions = {}): Promise<ValidatedTransition[]> {
  const known = knownTransitions.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InputError({ field: '--known', value: unknown, allowed: oneOf(unknown, known) });
  }
  const found: ValidatedTransition[] = [];
  for (const { name, title, source, judge } of knownTransitions) {
    if (names !== undefined && !names.includes(name)) continue;
    const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'rankscope-known-')) : join(keep, name);
    try {
      await trainStudy(readStudyFile(exampleFile(name)), folder, { workers, overwrite: true, onProgress });
      const { manifest, runs } = openStudy(folder);
      const facts = judge({ settings: manifest.settings, runs });
      const validated = {
        name,
        title,
        source,
        runs: runs.length,
        facts,
        holds: facts.every(({ holds }) => holds),
      };
      found.push(validated);
      onTransition?.(validated);
    } finally {
      if (keep === undefined) rmSync(folder, { recursive: true, force: true });
    }
  }
  return found;
}

/** The study file of an example that comes with the program. */
export function exampleFile(name: string): string {
  return resolve(fileURLToPath(new URL('../../examples', import.meta.url)), `${name}.yaml`);
}
