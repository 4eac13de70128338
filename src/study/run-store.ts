import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { readBounded } from '../files/read-file.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { openRun, type RunWriter, readRun } from '../measurements/log-store.ts';
import type { RunHeader } from '../measurements/run-header.ts';
import { hasRun } from '../measurements/study-store.ts';
import type { Run } from '../measurements/types.ts';
import type { TrainingState } from '../training/train.ts';
import { assertPlan, encodeCheckpoint, type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
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
  /**
   * What an earlier, interrupted call left of the run: its log, and its checkpoints from the newest to the oldest.
   *
   * @param onDamage told of every checkpoint that is passed over because it is damaged.
   */
  earlier(
    onDamage: (message: string) => void,
  ): { readonly run: Run; readonly checkpoints: Iterable<TrainingState> } | null;
}

/** The files of a planned run in a study: `runs/<run>.jsonl` and `checkpoints/<run>/step_00100.safetensors`. */
export function runFiles(directory: string, plan: RunPlan): RunFiles {
  const folder = checkpointFolder(directory, plan.id);
  return {
    openLog: (header, begin) => openRun(directory, header, { overwrite: true, begin }),
    saveCheckpoint: (state) =>
      writeAtomically(join(folder, checkpointName(state.step)), encodeCheckpoint(state, plan)),
    checkpointSteps: () => listCheckpoints(directory, plan.id).map(({ step }) => step),
    keepCheckpoints: (isKept) => {
      const others = listCheckpoints(directory, plan.id).filter(({ step }) => !isKept(step));
      for (const { path } of others) rmSync(path);
      if (others.length > 0) removeEmptyFolders(folder);
    },
    earlier: (onDamage) => {
      if (!existsSync(folder) || !hasRun(directory, plan.id)) return null;
      return { run: readRun(directory, plan.id), checkpoints: readPlanned(directory, plan, onDamage) };
    },
  };
}

/** Removes the checkpoints of runs that are to be replaced. */
export function removeCheckpoints(directory: string, runs: readonly string[]): void {
  for (const id of runs) rmSync(checkpointFolder(directory, id), { recursive: true, force: true });
}

/** A file that bears a checkpoint's name. */
export interface CheckpointFile {
  readonly name: string;
  readonly path: string;
  /** As the name says. */
  readonly step: number;
}

/** A run's checkpoints by their names, from the newest to the oldest. */
export function listCheckpoints(directory: string, id: string): CheckpointFile[] {
  const folder = checkpointFolder(directory, id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const step = /^step_(\d{5,12})\.safetensors$/.exec(name)?.[1];
      return step === undefined ? [] : [{ name, path: join(folder, name), step: Number(step) }];
    })
    .sort((a, b) => b.step - a.step);
}

/**
 * Reads a checkpoint of any run.
 *
 * @throws InputError if it is damaged, or is not of the step in its name.
 */
export function readCheckpoint({ path, step }: CheckpointFile): OpenedCheckpoint {
  const opened = openCheckpoint(readBounded(path, largestCheckpoint), path);
  if (opened.state.step === step) return opened;
  const value = opened.state.step;
  throw new InputError({ file: path, field: '__metadata__.step', value, allowed: `${step}, as in its name` });
}

/** Far above what fits the memory of a network that is trained here. */
const largestCheckpoint = 2 ** 31 - 1;

function checkpointFolder(directory: string, id: string): string {
  return join(directory, 'checkpoints', id);
}

function checkpointName(step: number): string {
  return `step_${String(step).padStart(5, '0')}.safetensors`;
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

function* readPlanned(
  directory: string,
  plan: RunPlan,
  onDamage: (message: string) => void,
): Generator<TrainingState> {
  for (const file of listCheckpoints(directory, plan.id)) {
    const opened = undamaged(file, onDamage);
    if (opened === null) continue;
    assertPlan(opened.metadata, plan, file.path);
    yield opened.state;
  }
}

function undamaged(file: CheckpointFile, onDamage: (message: string) => void): OpenedCheckpoint | null {
  try {
    return readCheckpoint(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onDamage(error.message);
    return null;
  }
}
