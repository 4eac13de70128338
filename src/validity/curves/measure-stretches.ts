import { type GrowingRates, measureGrowing } from './measure-growing.ts';
import { type MeasureOptions, measureNull, type NullRates } from './measure-nulls.ts';
import { measurePower, type Power } from './measure-power.ts';
import { measureSeedNull, measureSeedTiming, type SeedNullRates, type SeedTiming } from './measure-seeds.ts';
import { type CurvePlan, type CurvePlanOptions, planCurves } from './plan-curves.ts';

export interface MeasureStretchesOptions extends MeasureOptions, CurvePlanOptions {
  /** Called before each cell with how many are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How far descriptions of curves can be trusted: rates with their 95 % intervals. */
export interface StretchesReport {
  readonly alpha: number;
  readonly seed: number;
  readonly nulls: readonly NullRates[];
  readonly growing: readonly GrowingRates[];
  readonly power: readonly Power[];
  readonly seedNulls: readonly SeedNullRates[];
  readonly seedTimings: readonly SeedTiming[];
}

/**
 * Simulates curves without and with known movements and counts what `describeCurve` and `describeSeeds` say of them.
 * The same options give the same report.
 *
 * @example
 * measureStretches({ series: 20, lengths: [100], power: false }).nulls[0].moved.value; // at most about 0.05
 */
export function measureStretches({
  alpha = 0.05,
  seed = 0,
  onProgress = () => {},
  ...planOptions
}: MeasureStretchesOptions = {}): StretchesReport {
  const plan = planCurves(planOptions);
  const total = Object.values(plan).reduce((sum, cells: readonly unknown[]) => sum + cells.length, 0);
  let done = 0;
  const each = <K extends keyof CurvePlan, Row>(
    part: K,
    measure: (cell: CurvePlan[K][number], options: MeasureOptions) => Row,
  ): Row[] =>
    plan[part].map((cell) => {
      onProgress(done++, total);
      return measure(cell, { alpha, seed });
    });
  return {
    alpha,
    seed,
    nulls: each('nulls', measureNull),
    growing: each('growing', measureGrowing),
    power: each('power', measurePower),
    seedNulls: each('seedNulls', measureSeedNull),
    seedTimings: each('seedTimings', measureSeedTiming),
  };
}
