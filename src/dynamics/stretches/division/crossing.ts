import { monotoneRegression } from '../../../numerics/monotone-regression.ts';
import { type JitteryCurve, jitterAt, meanFactor } from '../noise/jitter.ts';
import { rangeMean } from '../noise/range-sums.ts';
import type { Sign } from '../windows/evidence.ts';
import { scalesWithin } from '../windows/scales.ts';

/** Where a curve passes a level. Places are fractions of measurements. */
export interface Crossing {
  readonly place: number;
  /** At `early` it has not passed it yet, at `late` it has. */
  readonly early: number;
  readonly late: number;
}

/** A monotone part of a curve: rising for sign +1. */
export interface MonotonePart {
  readonly sign: Sign;
  readonly first: number;
  readonly last: number;
  /** Its monotone regression, times the sign. */
  readonly fitted: Float64Array;
}

export function monotonePart(values: Float64Array, sign: Sign, first: number, last: number): MonotonePart {
  const signed = values.subarray(first, last + 1).map((value) => sign * value);
  return { sign, first, last, fitted: monotoneRegression(signed) };
}

/** Standard errors by which a mean must be away from a level: measured, see docs/stretches.md. */
const SURE = 2.2;

/**
 * Where the part passes a level. The bounds hold for any monotone curve: if the mean over values from a place on is
 * surely below the level, so is the curve at that place; if the mean up to a place is surely above, so is the curve there.
 *
 * @param error standard error of the level itself.
 */
export function crossingOf(part: MonotonePart, noise: JitteryCurve, level: number, error: number): Crossing {
  const { sign, first, last, fitted } = part;
  const above = fitted.findIndex((value) => value >= sign * level);
  const place =
    above < 0 ? last : above === 0 ? first : first + above - 1 + within(fitted, above, sign * level);
  const nearest = Math.round(place);
  let early = first;
  let late = last;
  for (const count of scalesWithin(1, last - first + 1)) {
    const factor = meanFactor(noise, nearest, count);
    // Only the last window that is surely below says how early it may be, and only the first above how late.
    for (let start = last + 1 - count; start > early; start--)
      if (isBeyond(noise, -sign as Sign, level, error, start, count, factor)) early = start;
    for (let end = first + count - 1; end < late; end++)
      if (isBeyond(noise, sign, level, error, end + 1 - count, count, factor)) late = end;
  }
  return { place, early: Math.min(early, place), late: Math.max(late, place) };
}

/** Whether the mean of `count` values from `start` on is surely on this side of a level. */
function isBeyond(
  noise: JitteryCurve,
  side: Sign,
  level: number,
  error: number,
  start: number,
  count: number,
  factor: number,
): boolean {
  const beyond = side * (rangeMean(noise.sums, start, start + count) - level);
  if (!(beyond > SURE * error)) return false;
  const spread = factor * jitterAt(noise, start + (count >> 1));
  // Most places are within the larger of the two errors, and are not worth a root.
  return beyond > SURE * Math.max(error, spread) && beyond > SURE * Math.hypot(error, spread);
}

/** How far from the value before `above` to the one there the level lies, 0 to 1. */
function within(fitted: Float64Array, above: number, level: number): number {
  return (level - fitted[above - 1]) / (fitted[above] - fitted[above - 1]);
}

/**
 * How far from a place towards `limit` the curve may have stayed at a level: up to where a mean is surely beyond it.
 *
 * @param sign of the side beyond.
 * @param tolerance what is not beyond.
 */
export function reachOfLevel(
  noise: JitteryCurve,
  sign: Sign,
  level: { readonly value: number; readonly error: number },
  tolerance: number,
  place: number,
  limit: number,
): number {
  const first = Math.min(place, limit);
  const last = Math.max(place, limit);
  let reach = limit;
  for (const count of scalesWithin(1, last - first + 1)) {
    const factor = meanFactor(noise, place, count);
    for (let start = first; start + count <= last + 1; start++) {
      const beyond = sign * (rangeMean(noise.sums, start, start + count) - level.value);
      const margin = SURE * Math.hypot(level.error, factor * jitterAt(noise, start + (count >> 1)));
      if (beyond <= margin + tolerance) continue;
      // The curve leads away from the level towards `limit`: there the window's end is beyond it.
      reach = limit < place ? Math.max(reach, start) : Math.min(reach, start + count - 1);
    }
  }
  return reach;
}
