import { logTicks, roundNumbers } from '../../../figures/log-steps.ts';
import { shortNumber } from '../../../figures/page/short-number.ts';
import { typeset } from '../../../wording/typeset.ts';
import type { AxisKind } from './curve.ts';

/** How values lie along an axis: at even distances where their places do. */
export interface AxisScale {
  /** Where a value lies; NaN where it has no place on the axis. */
  readonly along: (value: number) => number;
  /** The value at a place. */
  readonly back: (place: number) => number;
  /** Values to write at the axis between two values, few enough to be read. */
  readonly ticks: (low: number, high: number) => number[];
}

const LINEAR: AxisScale = { along: (value) => value, back: (place) => place, ticks: evenTicks };

/**
 * Of training steps: even, or logarithmic from the first step above 0 on, and linear below, so that step 0 has a place.
 *
 * @param first the first step above 0.
 */
export function stepScale(kind: AxisKind, first: number): AxisScale {
  if (kind === 'linear') return LINEAR;
  return {
    along: (step) => Math.asinh(step / first),
    back: (place) => first * Math.sinh(place),
    ticks: (low, high) => enough(logTicks(first, high), low, high),
  };
}

/** Of values: even, or logarithmic, where values up to 0 have no place. */
export function valueScale(kind: AxisKind): AxisScale {
  if (kind === 'linear') return LINEAR;
  return {
    along: (value) => (value > 0 ? Math.log10(value) : Number.NaN),
    back: (place) => 10 ** place,
    ticks: (low, high) => enough(roundNumbers([low, high]), low, high),
  };
}

/** Ticks of a logarithmic axis, or even ones where it is stretched so far that it has too few. */
function enough(ticks: readonly number[], low: number, high: number): number[] {
  const within = ticks.filter((tick) => tick >= low && tick <= high);
  return within.length >= 3 ? within : evenTicks(low, high);
}

/** Multiples of 1, 2 or 5 times a power of ten: four to ten of them. */
function evenTicks(low: number, high: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / 7;
  const power = Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * 10 ** power >= rough) as number;
  const distance = Number(`${factor}e${power}`);
  const found: number[] = [];
  for (let i = Math.ceil(low / distance - 1e-9); i * distance <= high + 1e-9 * distance; i++) {
    // Multiples of 0.1 are not what their product says.
    found.push(Number((i * distance).toPrecision(12)));
  }
  return found;
}

/** A tick of an axis in a picture. */
export interface Tick {
  readonly place: number;
  readonly text: string;
}

/**
 * The ticks of a part of an axis, those left out that would write over the one before.
 *
 * @param range between which places.
 * @param length of the axis in pixels.
 * @param apart least distance in pixels.
 */
export function axisTicks(
  { along, back, ticks }: AxisScale,
  [low, high]: readonly [number, number],
  length: number,
  apart: number,
): Tick[] {
  const perPixel = (high - low) / length;
  const found: Tick[] = [];
  for (const value of ticks(back(low), back(high))) {
    const place = along(value);
    const before = found.at(-1)?.place ?? Number.NEGATIVE_INFINITY;
    if (place - before >= apart * perPixel) found.push({ place, text: tickText(value) });
  }
  return found;
}

/** Short, but never rounded to another number. */
function tickText(value: number): string {
  return Number(value.toPrecision(3)) === value ? shortNumber(value) : typeset(value);
}
