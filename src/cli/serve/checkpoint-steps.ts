import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointEnding, stepInName } from '../../checkpoints/training-step.ts';

/** Training steps of the checkpoints of a run that lie in its study, in order; none where there is no folder of them. */
export function checkpointSteps(directory: string, run: string): number[] {
  const names = namesIn(join(directory, 'checkpoints', run));
  const files = names.filter((name) => checkpointEnding.test(name));
  return [...new Set(files.flatMap((name) => stepInName(name) ?? []))].sort((a, b) => a - b);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
