import type { LogSeries } from './run-series.ts';

/** What contrasts are compared with, place by place. */
export interface Spread {
  readonly medians: Float64Array;
  /** Robust standard deviation, of which bursts are no part; 0 where there are fewer than two contrasts. */
  readonly typical: Float64Array;
  /** The standard deviation that counts, at least the typical one. */
  readonly deviations: Float64Array;
  /** How many contrasts median and deviation rest on. */
  readonly sizes: Int32Array;
}

/** Gives the spread of a series' contrasts of one width; `values` are those contrasts. */
export type SpreadOf = (series: LogSeries, width: number, values: Float64Array) => Spread;
