import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ClaimStore } from './claims/claim-store.ts';
import { dueSteps } from './due-steps.ts';
import type { RunPlan } from './run-plan.ts';
import { runFiles } from './run-store.ts';

/**
 * Removes what processes that were killed have left of runs that nobody works on: files that were being written, and, of
 * runs that have ended, the checkpoints of interruptions. The run is claimed meanwhile.
 *
 * @param ended ids of the runs that have.
 */
export function removeLeftovers(
  directory: string,
  plans: readonly RunPlan[],
  ended: ReadonlySet<string>,
  claims: ClaimStore,
): void {
  const logs = namesIn(join(directory, 'runs'));
  for (const plan of plans) {
    const files = temporariesOf(directory, plan.id, logs);
    const isKept = dueSteps(plan.checkpoints);
    const run = runFiles(directory, plan);
    const unasked = ended.has(plan.id) ? run.checkpointSteps().filter((step) => !isKept(step)) : [];
    if (files.length === 0 && unasked.length === 0) continue;
    const answer = claims.take(plan.id);
    if (!answer.taken) continue;
    for (const file of files) rmSync(file, { force: true });
    if (unasked.length > 0) run.keepCheckpoints(isKept);
    answer.claim.release();
  }
}

/** Removes the files of a run that were being written by a process that was killed; whoever calls this holds the claim on the run. */
export function removeTemporaries(directory: string, id: string): void {
  for (const file of temporariesOf(directory, id, namesIn(join(directory, 'runs'))))
    rmSync(file, { force: true });
}

/** @param logs names in the folder of logs. */
function temporariesOf(directory: string, id: string, logs: readonly string[]): string[] {
  return [
    ...temporariesIn(logs, `${id}.jsonl`).map((name) => join(directory, 'runs', name)),
    ...temporaryCheckpoints(join(directory, 'checkpoints', id)),
  ];
}

/** Removes manifests and timings that were being written; whoever calls this holds the claim on them. */
export function removeTemporaryRecords(directory: string): void {
  const names = namesIn(directory);
  for (const name of ['manifest.json', 'timings.json'].flatMap((record) => temporariesIn(names, record))) {
    rmSync(join(directory, name), { force: true });
  }
}

function temporaryCheckpoints(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /^step_\d+\.safetensors\..+\.tmp$/.test(name))
    .map((name) => join(folder, name));
}

/** Among the names those under which this file is written before it gets its own. */
function temporariesIn(names: readonly string[], file: string): string[] {
  return names.filter((name) => name.startsWith(`${file}.`) && name.endsWith('.tmp'));
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
