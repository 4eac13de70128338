import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../files/write-atomically.ts';
import { formatPlan } from '../planning/plan-file.ts';
import type { CheckpointPlan } from '../planning/types.ts';
import { readCheckpointPlan } from './input-files.ts';

/** Where the first pass of a study that is trained twice lies, until the second is seen to be the same. */
export function firstPassOf(directory: string): string {
  return join(directory, 'first-pass');
}

export function removeFirstPass(directory: string): void {
  rmSync(firstPassOf(directory), { recursive: true, force: true });
}

/** The plan that a study's checkpoints were saved by, where training made one itself; null where it did not. */
export function readPlanOfStudy(directory: string): CheckpointPlan | null {
  const file = planFile(directory);
  return existsSync(file) ? readCheckpointPlan(file) : null;
}

export function writePlanOfStudy(directory: string, plan: CheckpointPlan): void {
  writeAtomically(planFile(directory), formatPlan(plan));
}

function planFile(directory: string): string {
  return join(directory, 'plan.json');
}
