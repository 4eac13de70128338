import type { Reference } from './reference.ts';

/** How far what comes next lies from what the past foretells. */
export interface ForecastErrors {
  /** In standard errors, at each measurement; NaN where there is none. */
  readonly scores: Float64Array;
  /** How many values the forecast rests on. */
  readonly sizes: Int32Array;
}

/** No memory above this is told from a walk. */
const LARGEST_MEMORY = 0.95;
const FEWEST = 8;

/**
 * At each measurement t the mean of the `width` values after it less what the values up to it foretell, in standard errors of that forecast.
 *
 * The forecast is that of a trend that is linear in log t, since training slows as a power of time, with AR(1) noise about it: least squares, and of the last
 * deviation from it what the noise still remembers. Against the difference of neighboring means this rests on all of the past, and knows its error
 * from all values and not from the few contrasts that do not overlap. The coefficient of AR(1) is raised by (1 + 4ρ)/m, about what m values
 * understate it by (Marriott & Pope 1954: (1 + 3ρ)/m where only a mean is fitted).
 *
 * @param values NaN where there is none.
 * @param reference of contrasts of that width (`referenceOf`): whose values are looked at.
 * @param least the standard deviation of a single value that counts at least.
 */
export function forecastErrors(
  values: Float64Array,
  width: number,
  { firsts, ends }: Reference,
  least: number,
): ForecastErrors {
  const n = values.length;
  const scores = new Float64Array(n).fill(Number.NaN);
  const sizes = new Int32Array(n);
  for (let t = 0; t + width < n; t++) {
    if (firsts[t] >= ends[t]) continue;
    // A contrast at the first place of the reference looks back by its width.
    const trend = fittedTrend(values, firsts[t] - width + 1, t + 1);
    if (trend === null) continue;
    sizes[t] = trend.size;
    scores[t] = errorOf(values, t, width, trend, least);
  }
  return { scores, sizes };
}

interface Trend {
  readonly size: number;
  readonly level: number;
  readonly slope: number;
  /** Mean of log t, and the sum of squares about it. */
  readonly center: number;
  readonly squares: number;
  /** Standard deviation and lag-1 coefficient of the deviations from it. */
  readonly sd: number;
  readonly memory: number;
}

const clock = (t: number): number => Math.log(t + 1);

/** The trend of the values from `from` up to, not including, `end`; null where fewer than eight are known. */
function fittedTrend(values: Float64Array, from: number, end: number): Trend | null {
  let size = 0;
  let level = 0;
  let center = 0;
  for (let i = from; i < end; i++) {
    if (Number.isNaN(values[i])) continue;
    size++;
    level += values[i];
    center += clock(i);
  }
  if (size < FEWEST) return null;
  level /= size;
  center /= size;
  let squares = 0;
  let products = 0;
  for (let i = from; i < end; i++) {
    if (Number.isNaN(values[i])) continue;
    const x = clock(i) - center;
    squares += x * x;
    products += x * (values[i] - level);
  }
  const slope = products / squares;
  let variance = 0;
  let covariance = 0;
  let last = 0;
  for (let i = from; i < end; i++) {
    const known = !Number.isNaN(values[i]);
    const deviation = known ? values[i] - level - slope * (clock(i) - center) : 0;
    variance += deviation * deviation;
    covariance += deviation * last;
    last = deviation;
  }
  const raw = variance > 0 ? covariance / variance : 0;
  const memory = Math.min(LARGEST_MEMORY, Math.max(0, raw + (1 + 4 * raw) / size));
  return { size, level, slope, center, squares, sd: Math.sqrt(variance / (size - 3)), memory };
}

function errorOf(values: Float64Array, t: number, width: number, trend: Trend, least: number): number {
  const { size, level, slope, center, squares, sd, memory } = trend;
  let sum = 0;
  let ahead = 0;
  let known = 0;
  for (let i = t + 1; i <= t + width; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i];
    ahead += clock(i) - center;
    known++;
  }
  if (2 * known < width) return Number.NaN;
  ahead /= known;
  const last = Number.isNaN(values[t]) ? 0 : values[t] - level - slope * (clock(t) - center);
  const carried = remembered(memory, width);
  const ofTrend = ((1 + memory) / (1 - memory)) * (1 / size + ahead ** 2 / squares);
  const share = aheadVariance(memory, width) + (1 - carried) ** 2 * ofTrend;
  const standardError = Math.max(sd * Math.sqrt(share), least / Math.sqrt(width));
  return (sum / known - level - slope * ahead - carried * last) / standardError;
}

/** Share of the last deviation that the mean of the next `width` values has on average. */
function remembered(memory: number, width: number): number {
  return (memory * (1 - memory ** width)) / (width * (1 - memory));
}

/** Variance of the mean of the next `width` values given the last one, as a share of that of a single value. */
function aheadVariance(memory: number, width: number): number {
  let sum = 0;
  for (let j = 1; j <= width; j++) sum += ((1 - memory ** j) / (1 - memory)) ** 2;
  return ((1 - memory ** 2) * sum) / width ** 2;
}
