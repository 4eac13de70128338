import { existsRun, readRun } from '../measurements/study-store.ts';

/** Whether a run is complete, or stopped for a reason of its own and would stop there again. */
export function hasEnded(directory: string, id: string): boolean {
  if (!existsRun(directory, id)) return false;
  const { complete, stopped } = readRun(directory, id);
  return complete || stopped !== null;
}
