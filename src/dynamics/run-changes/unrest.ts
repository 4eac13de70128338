import { contrasts } from './contrasts.ts';
import type { LogSeries } from './run-series.ts';
import type { SpreadOf } from './spread.ts';

/** Width of the contrasts of pace that tell how restless a run is. */
const WIDTH = 10;
const SHORT_WIDTH = 4;
const LEAST_REFERENCE = 8;
/** Unrest that is not told from less, and from more. */
const RANGE = [0.1, 0.7] as const;
/** How much of the logarithm of the level goes with unrest: with it the simulated families need about the same level. */
const EXPONENT = 2;

/**
 * By how much more the levels of a run must move to be remarkable where its pace comes and goes: e^(2u), u the typical size of what
 * the logarithm of the pace did from ten measurements to the next ten. Bursts of movement look like changes of level, but they come in
 * runs that are known for them.
 *
 * @returns one factor per measurement; the largest, e^1.4, where the pace is not known.
 */
export function unrestAllowance(series: readonly LogSeries[], spreadOf: SpreadOf): Float64Array {
  const n = series[0].values.length;
  const pace =
    series.find(({ quantity }) => quantity === 'pace') ??
    series.find(({ quantity }) => quantity === 'velocity');
  if (pace === undefined) return new Float64Array(n).fill(Math.exp(EXPONENT * RANGE[1]));
  const width = n < 10 * WIDTH ? SHORT_WIDTH : WIDTH;
  const { typical, sizes } = spreadOf(pace, width, contrasts(pace.values, width));
  return typical.map((spread, t) => {
    // Noise from one measurement to the next falls with the root of the width.
    const unrest = sizes[t] < LEAST_REFERENCE ? RANGE[1] : spread * Math.sqrt(width / WIDTH);
    return Math.exp(EXPONENT * Math.min(RANGE[1], Math.max(RANGE[0], unrest)));
  });
}
