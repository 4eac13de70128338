import { nameOfSource } from './detector-store.ts';
import { tallyBatches } from './harness-pool.ts';
import { batchesOf, type PlanOptions, planHarness } from './plan.ts';
import { reportOf, type ValidityReport } from './report.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';
import type { Cell, DetectorSource } from './types.ts';

export interface ValidateOptions extends PlanOptions {
  /** Nominal error rate, at which the detector is asked. Default 0.05. */
  readonly alpha?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Threads. With 1, the default, everything is done in this one. The report does not depend on it. */
  readonly workers?: number;
  /** Called with the number of series done, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Shows how often a detector invents changes and how well it finds them, each rate with its interval.
 *
 * @throws InputError where the detector cannot be opened, fails, or answers with something other than indices.
 * @example
 * const report = await validateDetector({ type: 'built-in', name: 'local-cubic' }, { quick: true });
 * report.passed;
 */
export async function validateDetector(
  source: DetectorSource,
  { alpha = 0.05, seed = 0, workers = 1, onProgress = () => {}, ...planOptions }: ValidateOptions = {},
): Promise<ValidityReport> {
  const plan = planHarness(planOptions);
  const total = plan.reduce((sum, { series }) => sum + series, 0);
  const conditions = { alpha, seed };
  const batches = batchesOf(plan);
  const parts = await tallyBatches(source, batches, conditions, workers, (done) => onProgress(done, total));
  const tallies = new Map<Cell, Tally>(plan.map(({ cell }) => [cell, emptyTally()]));
  for (const [i, { cell }] of batches.entries()) addTally(tallies.get(cell)!, parts[i]);
  return reportOf(nameOfSource(source), conditions, [...tallies]);
}
