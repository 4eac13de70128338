import { type Channel, LEAST_DEVIATION, leastReference, leastShare, narrowerWidth } from './channels.ts';
import { contrasts } from './contrasts.ts';
import { type ForecastErrors, forecastErrors } from './forecast-errors.ts';
import { pastSpread } from './past-spread.ts';
import { type Reference, referenceOf } from './reference.ts';
import type { LogSeries } from './run-series.ts';
import type { Comparison, Spread } from './spread.ts';
import { unrestAllowance } from './unrest.ts';

/** One series' part in a joint statistic. */
export interface Part {
  readonly series: LogSeries;
  /** Standardized contrasts; NaN where there is none. */
  readonly scores: Float64Array;
}

/** The joint statistic of one channel over a run. */
export interface JointStatistic {
  readonly channel: Channel;
  /** Root mean square over the parts of their scores at each measurement; NaN where there is none. */
  readonly values: Float64Array;
  /** How many contrasts they were standardized by, on average; 0 where there is no value. */
  readonly sizes: Int32Array;
  /** How many times the usual level it takes at each measurement to be remarkable, at least 1. */
  readonly allowance: Float64Array;
  readonly parts: readonly Part[];
}

/** A run compared with its own past. */
export function ownPast(steps: Float64Array, from?: number): Comparison {
  // It depends on the steps alone: found once for all series.
  const known = new Map<number, Reference>();
  const reference = (width: number): Reference => {
    const found = known.get(width) ?? referenceOf(steps, width, from);
    known.set(width, found);
    return found;
  };
  return {
    spreadOf: (_, width, values) => pastSpread(values, reference(width)),
    forecastOf: ({ values, quantity }, width) =>
      forecastErrors(values, width, reference(width), LEAST_DEVIATION[quantity]),
  };
}

/**
 * The joint statistics of all channels of which the run has series: contrasts, of speeds forecast errors, in units of what they are
 * compared with, and their root mean square over series. It is large where the run as a whole departs from what it did before.
 */
export function jointStatistics(
  series: readonly LogSeries[],
  channels: readonly Channel[],
  { spreadOf, forecastOf }: Comparison,
): JointStatistic[] {
  const known = new Map<LogSeries, Map<number, { values: Float64Array; spread: Spread }>>();
  const contrastsOf = (one: LogSeries, width: number) => {
    const byWidth = known.get(one) ?? new Map();
    known.set(one, byWidth);
    if (!byWidth.has(width)) {
      const values = contrasts(one.values, width);
      byWidth.set(width, { values, spread: spreadOf(one, width, values) });
    }
    return byWidth.get(width)!;
  };
  if (series.length === 0) return [];
  const restless = unrestAllowance(series, spreadOf);
  const steady = new Float64Array(restless.length).fill(1);
  return channels.flatMap((channel) => {
    const own = series.filter(({ quantity }) => quantity === channel.quantity);
    if (own.length === 0) return [];
    const narrower = narrowerWidth(channel.width);
    const standardized = own.map((one) => {
      if (forecastOf !== null && isPaced(channel)) {
        return { series: one, ...enough(forecastOf(one, channel.width), channel.width) };
      }
      const wide = contrastsOf(one, channel.width);
      const narrow = narrower === null ? null : contrastsOf(one, narrower).spread;
      return { series: one, scores: scoresOf(channel, wide, narrow), sizes: wide.spread.sizes };
    });
    return [jointOf(channel, standardized, isPaced(channel) ? steady : restless)];
  });
}

/** Forecast errors that rest on enough values. */
function enough({ scores, sizes }: ForecastErrors, width: number): ForecastErrors {
  const least = leastReference(width);
  return { scores: scores.map((score, t) => (sizes[t] < least ? Number.NaN : score)), sizes };
}

/** Whether a channel compares logarithms of speed, of which unrest is the usual spread already. */
function isPaced({ quantity }: Channel): boolean {
  return quantity === 'velocity' || quantity === 'pace';
}

function scoresOf(
  { quantity, width }: Channel,
  { values, spread }: { values: Float64Array; spread: Spread },
  narrow: Spread | null,
): Float64Array {
  const least = leastReference(width);
  const share = narrow === null ? 0 : leastShare(quantity, width, narrowerWidth(width)!);
  const leastDeviation = LEAST_DEVIATION[quantity];
  const scores = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) {
    const bound = narrow === null ? 0 : share * narrow.typical[t];
    const deviation = Math.max(spread.deviations[t], bound, leastDeviation);
    scores[t] = spread.sizes[t] < least ? Number.NaN : (values[t] - spread.medians[t]) / deviation;
  }
  return scores;
}

/** The joint statistic of standardized series. */
export function jointOf(
  channel: Channel,
  parts: readonly (Part & { readonly sizes: Int32Array })[],
  allowance: Float64Array,
): JointStatistic {
  const n = parts[0].scores.length;
  const values = new Float64Array(n).fill(Number.NaN);
  const sizes = new Int32Array(n);
  for (let t = 0; t < n; t++) {
    let squares = 0;
    let total = 0;
    let count = 0;
    for (const part of parts) {
      const score = part.scores[t];
      if (Number.isNaN(score)) continue;
      squares += score * score;
      total += part.sizes[t];
      count++;
    }
    if (count === 0) continue;
    values[t] = Math.sqrt(squares / count);
    sizes[t] = Math.round(total / count);
  }
  return { channel, values, sizes, allowance, parts };
}
