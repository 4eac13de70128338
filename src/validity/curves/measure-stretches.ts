import { measureCells } from './curve-pool.ts';
import type { CurveTask, Measured } from './measure-cell.ts';
import type { MeasureOptions } from './measure-nulls.ts';
import { type CurvePlan, type CurvePlanOptions, planCurves } from './plan-curves.ts';
import { type NullVerdict, verdictsOf } from './verdicts.ts';

export interface MeasureStretchesOptions extends MeasureOptions, CurvePlanOptions {
  /** Threads. With 1, the default, everything is done in this one. The report does not depend on it. */
  readonly workers?: number;
  /** Called with the number of cells done, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How far descriptions of curves can be trusted: rates with their 95 % intervals. */
export interface StretchesReport {
  readonly alpha: number;
  readonly seed: number;
  /** Largest upper end of the 95 % interval of a rate of false answers that passes. */
  readonly limit: number;
  /** Whether every family and kind of answer that a promise is made of passes. */
  readonly passed: boolean;
  /** Promises that are not kept. */
  readonly failed: readonly NullVerdict[];
  readonly nulls: readonly Measured['nulls'][];
  readonly growing: readonly Measured['growing'][];
  readonly power: readonly Measured['power'][];
  readonly seedNulls: readonly Measured['seedNulls'][];
  readonly seedTimings: readonly Measured['seedTimings'][];
}

/**
 * Simulates curves without and with known movements and counts what `describeCurve` and `describeSeeds` say of them.
 * The same options give the same report.
 *
 * @example
 * const report = await measureStretches({ series: 20, lengths: [100], parts: ['nulls'] });
 * report.nulls[0].moved.value; // at most about 0.05
 */
export async function measureStretches({
  alpha = 0.05,
  seed = 0,
  workers = 1,
  onProgress = () => {},
  ...planOptions
}: MeasureStretchesOptions = {}): Promise<StretchesReport> {
  const plan = planCurves(planOptions);
  const tasks = (Object.keys(plan) as (keyof CurvePlan)[]).flatMap((part) =>
    plan[part].map((cell) => ({ part, cell }) as CurveTask),
  );
  let done = 0;
  const rows = await measureCells(tasks, { alpha, seed }, workers, () => onProgress(++done, tasks.length));
  const of = <Part extends keyof Measured>(part: Part): Measured[Part][] =>
    rows.filter((_, i) => tasks[i].part === part) as Measured[Part][];
  const measured = {
    nulls: of('nulls'),
    growing: of('growing'),
    power: of('power'),
    seedNulls: of('seedNulls'),
    seedTimings: of('seedTimings'),
  };
  return { alpha, seed, ...verdictsOf(measured, alpha), ...measured };
}
