import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunHeader } from '../measurements/run-header.ts';
import { listRuns, openRun, type RunWriter, readRun } from '../measurements/study-store.ts';
import type { Run } from '../measurements/types.ts';
import type { TrainingState } from '../training/train.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import type { RunPlan } from './run-plan.ts';

/** Where a run keeps what must outlive it. */
export interface RunFiles {
  /**
   * Starts the run's log anew.
   * @param begin writes what it begins with; until it returns, the log that was there stays.
   */
  openLog(header: RunHeader, begin: (log: RunWriter) => void): RunWriter;
  saveCheckpoint(state: TrainingState): void;
  /** Steps of the checkpoints that are there. */
  checkpointSteps(): number[];
  /** Removes the checkpoints of all other steps. */
  keepCheckpoints(isKept: (step: number) => boolean): void;
  /** What an earlier, interrupted call left of the run: its log, and its checkpoints from the newest to the oldest. */
  earlier(): { readonly run: Run; readonly checkpoints: Iterable<TrainingState> } | null;
}

/** The files of a planned run in a study: `runs/<run>.jsonl` and `checkpoints/<run>/step_00100.safetensors`. */
export function runFiles(directory: string, plan: RunPlan): RunFiles {
  const folder = checkpointFolder(directory, plan.id);
  return {
    openLog: (header, begin) => openRun(directory, header, { overwrite: true, begin }),
    saveCheckpoint: (state) =>
      writeAtomically(join(folder, checkpointName(state.step)), encodeCheckpoint(state, plan)),
    checkpointSteps: () => checkpointsIn(folder).map(({ step }) => step),
    keepCheckpoints: (isKept) => {
      const others = checkpointsIn(folder).filter(({ step }) => !isKept(step));
      for (const { name } of others) rmSync(join(folder, name));
      if (others.length > 0) removeEmptyFolders(folder);
    },
    earlier: () => {
      if (!existsSync(folder) || !listRuns(directory).includes(plan.id)) return null;
      return { run: readRun(directory, plan.id), checkpoints: readCheckpoints(folder, plan) };
    },
  };
}

/** Removes the checkpoints of runs that are to be replaced. */
export function removeCheckpoints(directory: string, runs: readonly string[]): void {
  for (const id of runs) rmSync(checkpointFolder(directory, id), { recursive: true, force: true });
}

/** Writes a file so that a reader sees either all of it or none. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function checkpointFolder(directory: string, id: string): string {
  return join(directory, 'checkpoints', id);
}

function checkpointName(step: number): string {
  return `step_${String(step).padStart(5, '0')}.safetensors`;
}

/** In no order; none if there is no folder. */
function checkpointsIn(folder: string): { readonly name: string; readonly step: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const step = /^step_(\d{5,12})\.safetensors$/.exec(name)?.[1];
    return step === undefined ? [] : [{ name, step: Number(step) }];
  });
}

/** So that a study without checkpoints has no folder of them, interrupted or not. */
function removeEmptyFolders(folder: string): void {
  try {
    rmdirSync(folder);
    rmdirSync(dirname(folder));
  } catch {
    // There are others.
  }
}

function* readCheckpoints(folder: string, plan: RunPlan): Generator<TrainingState> {
  for (const { name } of checkpointsIn(folder).sort((a, b) => b.step - a.step)) {
    const path = join(folder, name);
    yield decodeCheckpoint(readFileSync(path), plan, path);
  }
}
