import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { withPath } from '../../files/with-path.ts';
import type { ProcessIdentity, processState } from './process-identity.ts';

/** A file under a name of its own that may be given another name, too. */
export interface Candidate {
  readonly path: string;
  readonly content: string;
  /** When it was written, in milliseconds, by the clock of the file system: every machine that shares it has the same. */
  readonly written: number;
}

type Maker = Pick<ProcessIdentity, 'processTable' | 'pid' | 'started'>;

const digest = (text: string | null): string =>
  createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 16);

/**
 * The file name of a claim that is being made. It tells whose it is before the file tells anything: a process may be killed between
 * making and filling it.
 *
 * @param id drawn at random.
 */
export function candidateName({ processTable, pid, started }: Maker, id: string): string {
  return `.${digest(processTable)}-${pid}-${digest(started)}-${id}.tmp`;
}

/** Whether a name tells of a process that could be looked for here, and is gone. */
export function isOfGoneProcess(
  name: string,
  { processTable }: Pick<ProcessIdentity, 'processTable'>,
  stateOf: typeof processState,
): boolean {
  const [, table, pid, start] = /^\.([\da-f]{16})-(\d{1,10})-([\da-f]{16})-[\da-f]+\.tmp$/.exec(name) ?? [];
  if (table === undefined || processTable === null || table !== digest(processTable)) return false;
  const state = stateOf(Number(pid));
  // Another process may have got the number since.
  return (
    !state.running || (state.started !== null && start !== digest(null) && start !== digest(state.started))
  );
}

/** Writes a candidate; its folder is made if need be, also if another process removes it meanwhile. */
export function writeCandidate(path: string, content: string): Candidate {
  const file = openNew(path);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
    return { path, content, written: fstatSync(file).mtimeMs };
  } catch (error) {
    rmSync(path, { force: true });
    throw withPath(error, dirname(path));
  } finally {
    closeSync(file);
  }
}

export function removeCandidate({ path }: Candidate): void {
  rmSync(path, { force: true });
}

/**
 * Gives a candidate's content to `path` unless that exists: of any number of processes on any number of machines one
 * succeeds. By a hard link, which is atomic on network file systems too and never shows a part of the content; by
 * exclusive creation on file systems that know no links.
 *
 * @param link for tests.
 * @returns whether this call created the file; not, too, if somebody took the candidate for one left behind.
 */
export function createExclusively(
  { path: from, content }: Candidate,
  path: string,
  link = linkSync,
): boolean {
  try {
    link(from, path);
    return true;
  } catch (error) {
    // A network file system may lose the answer of a link that it has made and call the second try a failure.
    const links = statSync(from, { throwIfNoEntry: false })?.nlink;
    if (links === undefined) return false;
    if (links > 1) return true;
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EISDIR'].includes(code))
      throw error;
  }
  try {
    const file = openSync(path, 'wx');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw withPath(error, path);
  }
}

function openNew(path: string): number {
  for (let attempt = 1; ; attempt++) {
    try {
      makeFolder(dirname(path));
      return openSync(path, 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 20) throw error;
    }
  }
}
