import type { Series } from '../../detectors/types.ts';
import type { Random } from '../../numerics/random.ts';

/**
 * A world in which nothing changes: draws one series in the likeness of the given one. A family takes only the
 * length from it; a surrogate takes its trend, scale and dependence as well.
 *
 * @returns as many values as the given series has.
 */
export type NullModel = (series: Series | Float64Array, rng: Random) => Float64Array;

/** A change that was put in. */
export interface PlantedChange {
  /** Index of the first value of the new regime. */
  readonly index: number;
  readonly kind: 'level' | 'slope';
  /** Signed size: of the level, or of the slope per measurement. */
  readonly size: number;
  /** Measurements that the change takes to complete; 1 for a step. */
  readonly width: number;
  /** How a level gets there where that takes more than one measurement. Default linear. */
  readonly shape?: 'linear' | 'logistic';
}

/** A synthetic series with its own truth. */
export interface PlantedSeries {
  readonly values: Float64Array;
  readonly changes: readonly PlantedChange[];
}

/** The values of a series, with or without their steps. */
export function valuesOf(series: Series | Float64Array): Float64Array {
  return series instanceof Float64Array ? series : series.values;
}
