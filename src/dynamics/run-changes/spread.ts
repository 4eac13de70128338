import type { ForecastErrors } from './forecast-errors.ts';
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

/** What a run is compared with. */
export interface Comparison {
  readonly spreadOf: SpreadOf;
  /** Of speeds, which come back to what is usual: how far they are from what the past foretells; null where their contrasts are compared. */
  readonly forecastOf: ((series: LogSeries, width: number) => ForecastErrors) | null;
}
