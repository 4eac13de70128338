import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { makeFolder } from '../files/make-folder.ts';
import { logPath, runsPath, writeRun } from '../measurements/log-store.ts';
import { noteEndedLogs, writeManifest } from '../measurements/study-store.ts';
import { repairedManifest } from './repaired-manifest.ts';
import { listCheckpoints } from './run-store.ts';
import type { CheckpointVerdict, RepairedStudy } from './verification.ts';
import {
  type InspectedManifest,
  type InspectedRun,
  inspectManifest,
  inspectRun,
  strayLogs,
} from './verify-store.ts';

/**
 * Makes a new study of what is whole of a damaged one, whose files stay as they are. Whole files are copied byte for
 * byte; a damaged log is written anew with its whole records, and says how many are lost; a damaged checkpoint is left
 * out. What is lost stands in the new manifest. A run that lost records is trained anew when `train` goes on.
 *
 * @param target a folder that does not exist, or is empty. It appears, by renaming, once all of it is on disk.
 * @param onRun called after each run.
 * @throws InputError if the directory holds no study, or the target is not free.
 * @example
 * repairStudy('my-study', 'my-study-repaired').lost;
 */
export function repairStudy(
  directory: string,
  target: string,
  onRun: (done: number, total: number, run: string) => void = () => {},
): RepairedStudy {
  const place = resolve(target);
  assertFree(resolve(directory), place);
  const inspected = inspectManifest(directory);
  makeFolder(dirname(place));
  const staging = mkdtempSync(join(dirname(place), `.${basename(place)}-repair-`));
  try {
    mkdirSync(runsPath(staging));
    const repair = new Repair(directory, staging, inspected);
    repair.copyRuns(onRun);
    writeManifest(staging, repairedManifest(basename(resolve(directory)), inspected, repair));
    noteEndedLogs(staging);
    copyTimings(directory, staging);
    if (existsSync(place)) rmdirSync(place);
    renameSync(staging, place);
    return { runs: repair.runs, lost: repair.lost };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Copies runs one by one, and keeps account of what is lost. */
class Repair {
  readonly runs: string[] = [];
  readonly lost: string[] = [];
  readonly #directory: string;
  readonly #staging: string;
  readonly #inspected: InspectedManifest;

  constructor(directory: string, staging: string, inspected: InspectedManifest) {
    this.#directory = directory;
    this.#staging = staging;
    this.#inspected = inspected;
  }

  copyRuns(onRun: (done: number, total: number, run: string) => void): void {
    const { manifest, verdict } = this.#inspected;
    const named = manifest?.runs ?? [];
    // What a damaged manifest does not name may be of the study all the same.
    const all = verdict.fault === null ? named : [...named, ...strayLogs(this.#directory, named)];
    const misnamed = new Map<string, string>();
    const absent = new Set<string>();
    all.forEach((id, i) => {
      const found = inspectRun(this.#directory, id, this.#inspected);
      if (found.run?.id === id) this.#copyLog(id, id, found);
      else if (found.run !== null) misnamed.set(found.run.id, id);
      this.#copyCheckpoints(id, found.verdict.checkpoints);
      if (found.verdict.state !== 'absent' && found.run?.id !== id) absent.add(id);
      onRun(i + 1, all.length, id);
    });
    // A log under the name of another run is whole all the same.
    for (const [id, file] of misnamed) {
      if (absent.delete(id)) this.#copyLog(id, file, inspectRun(this.#directory, id, this.#inspected, file));
    }
    for (const id of absent) this.lost.push(`${id}: all of its log`);
  }

  #copyLog(id: string, file: string, { verdict: { state, log }, run }: InspectedRun): void {
    if (state === 'damaged') writeRun(this.#staging, run!);
    else copyFileSync(logPath(this.#directory, file), logPath(this.#staging, id));
    const lost = log!.lost;
    if (lost > 0) this.lost.push(`${id}: ${lost} ${lost === 1 ? 'record' : 'records'} of its log`);
    this.runs.push(id);
  }

  #copyCheckpoints(id: string, verdicts: readonly CheckpointVerdict[]): void {
    const folder = join(this.#staging, 'checkpoints', id);
    for (const { name, path } of listCheckpoints(this.#directory, id)) {
      const verdict = verdicts.find(({ file }) => file === name);
      if (verdict === undefined || verdict.state === 'damaged') {
        this.lost.push(`${id}: its checkpoint ${name} (${verdict?.fault})`);
        continue;
      }
      makeFolder(folder);
      copyFileSync(path, join(folder, name));
    }
  }
}

function copyTimings(directory: string, staging: string): void {
  const name = 'timings.json';
  if (existsSync(join(directory, name))) copyFileSync(join(directory, name), join(staging, name));
}

function assertFree(directory: string, place: string): void {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found !== undefined && !(found.isDirectory() && readdirSync(place).length === 0)) {
    throw new InputError({ file: place, allowed: 'a folder that does not exist yet, or is empty' });
  }
  const way = relative(directory, place);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) {
    throw new InputError({
      file: place,
      allowed: 'a folder outside the study, whose files stay as they are',
    });
  }
}
