import { statSync } from 'node:fs';
import { InputError } from '../errors/input-error.ts';
import { type FollowedRun, followRun } from './live-log-store.ts';
import { logPath } from './log-store.ts';
import type { LastSpectra } from './run-log.ts';
import { existsStudy, readManifest } from './study-store.ts';
import type { Run, StudyManifest } from './types.ts';

/** A run of a study that is followed. */
export interface LiveRun {
  readonly id: string;
  /** As far as it is logged; null where it has no log yet, or one that cannot be read. The same object while nothing was appended. */
  readonly run: Run | null;
  /** When its log was last written to, in milliseconds since 1970 by the file system; null where there is none. */
  readonly changed: number | null;
  /** Why its log cannot be read; null where it can. */
  readonly problem: string | null;
}

/** A study as it lies on the disk at some moment. */
export interface LiveStudy {
  /** null where there is none yet, or it cannot be read. */
  readonly manifest: StudyManifest | null;
  /** In study order. */
  readonly runs: readonly LiveRun[];
  /** Why the study cannot be read; null where it can, or has not begun. */
  readonly problem: string | null;
}

/** A study that is under way. */
export interface FollowedStudy {
  /** The study as far as it is written by now. What is damaged or not there yet is said, never thrown. */
  read(): LiveStudy;
  /** The spectra of the last measurement of a run that has them; null where none can be read. */
  lastSpectra(id: string): LastSpectra | null;
}

/**
 * Follows a study while its runs are written: by this program, a recorder, or anybody. Runs may be added, begin anew and be
 * repaired while it is followed.
 *
 * @example
 * const study = followStudy('my-study');
 * setInterval(() => console.log(study.read().runs.map(({ id, run }) => `${id}: ${run?.steps.at(-1)}`)), 1000);
 */
export function followStudy(directory: string): FollowedStudy {
  const followed = new Map<string, RunFile>();
  return {
    read() {
      try {
        if (!existsStudy(directory)) return { manifest: null, runs: [], problem: null };
        const manifest = readManifest(directory);
        for (const id of followed.keys()) if (!manifest.runs.includes(id)) followed.delete(id);
        const runs = manifest.runs.map((id) => {
          const file = followed.get(id) ?? new RunFile(directory, id);
          followed.set(id, file);
          return file.read();
        });
        return { manifest, runs, problem: null };
      } catch (error) {
        return { manifest: null, runs: [], problem: messageOf(error) };
      }
    },
    lastSpectra: (id) => followed.get(id)?.lastSpectra() ?? null,
  };
}

/** One run's log, which may not be there, and may be damaged. */
class RunFile {
  readonly #id: string;
  readonly #path: string;
  readonly #followed: FollowedRun;
  /** What could not be read is not read again until it is written to. */
  #refused: { readonly state: string; readonly problem: string } | null = null;

  constructor(directory: string, id: string) {
    this.#id = id;
    this.#path = logPath(directory, id);
    this.#followed = followRun(directory, id);
  }

  lastSpectra(): LastSpectra | null {
    try {
      return this.#followed.lastSpectra();
    } catch (error) {
      // The next look at the log says what is wrong with it.
      messageOf(error);
      return null;
    }
  }

  read(): LiveRun {
    const id = this.#id;
    const found = statSync(this.#path, { throwIfNoEntry: false });
    if (found === undefined) return { id, run: null, changed: null, problem: null };
    const changed = found.mtimeMs;
    const state = `${found.ino} ${found.size} ${changed}`;
    if (this.#refused?.state === state) return { id, run: null, changed, problem: this.#refused.problem };
    this.#refused = null;
    try {
      return { id, run: this.#followed.read(), changed, problem: null };
    } catch (error) {
      const problem = messageOf(error);
      this.#refused = { state, problem };
      return { id, run: null, changed, problem };
    }
  }
}

/** What cannot be read: the input's fault, or the file system's, e.g. a folder that may not be entered. */
function messageOf(error: unknown): string {
  if (error instanceof InputError || (error as NodeJS.ErrnoException).code !== undefined)
    return (error as Error).message;
  throw error;
}
