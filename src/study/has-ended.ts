import { existsRun, readRun } from '../measurements/log-store.ts';

/** Whether a run is complete, or stopped for a reason of its own and would stop there again, and its log is whole. */
export function hasEnded(directory: string, id: string): boolean {
  if (!existsRun(directory, id)) return false;
  const { complete, stopped, lostRecords = 0 } = readRun(directory, id);
  return (complete || stopped !== null) && lostRecords === 0;
}
