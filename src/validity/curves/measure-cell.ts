import { type GrowingRates, measureGrowing } from './measure-growing.ts';
import { type MeasureOptions, measureNull, type NullRates } from './measure-nulls.ts';
import { measurePower, type Power } from './measure-power.ts';
import { measureSeedNull, measureSeedTiming, type SeedNullRates, type SeedTiming } from './measure-seeds.ts';
import type { CurvePlan } from './plan-curves.ts';

/** What is measured of each kind of cell. */
export interface Measured {
  readonly nulls: NullRates;
  readonly growing: GrowingRates;
  readonly power: Power;
  readonly seedNulls: SeedNullRates;
  readonly seedTimings: SeedTiming;
}

/** One cell of a plan. */
export type CurveTask = {
  [Part in keyof CurvePlan]: { readonly part: Part; readonly cell: CurvePlan[Part][number] };
}[keyof CurvePlan];

/** Simulates one cell. Every cell draws from its own seed, so that it does not matter who does it, and when. */
export function measureCell(task: CurveTask, options: MeasureOptions): Measured[keyof Measured] {
  switch (task.part) {
    case 'nulls':
      return measureNull(task.cell, options);
    case 'growing':
      return measureGrowing(task.cell, options);
    case 'power':
      return measurePower(task.cell, options);
    case 'seedNulls':
      return measureSeedNull(task.cell, options);
    case 'seedTimings':
      return measureSeedTiming(task.cell, options);
  }
}
