import { placesInColumns } from '../../../figures/column-places.ts';
import { firstStepAbove0 } from '../../../figures/log-steps.ts';
import { type AxisScale, stepScale, valueScale } from './axis-scale.ts';
import type { ChartContent, Curve } from './curve.ts';

/** A curve with its places along both axes. */
export interface PlottedCurve {
  readonly curve: Curve;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly raw: Float64Array | null;
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
}

/** What a chart shows, laid along its axes once, so that moving over it costs little. */
export interface Plotted {
  readonly curves: readonly PlottedCurve[];
  readonly steps: AxisScale;
  readonly values: AxisScale;
  /** From the first step to the last of all curves, along the axis. */
  readonly whole: readonly [number, number];
  /** Values that have no place on the axis, being 0 or less. */
  readonly unplaced: number;
}

export function plotted({ curves, steps, values }: ChartContent): Plotted {
  const x = stepScale(steps, firstStepAbove0(curves));
  const y = valueScale(values);
  // Curves of a run share their steps.
  const known = new Map<Float32Array, Float64Array>();
  const alongSteps = (of: Float32Array): Float64Array => {
    const found = known.get(of) ?? Float64Array.from(of, x.along);
    known.set(of, found);
    return found;
  };
  const alongValues = (of: Float32Array): Float64Array => Float64Array.from(of, y.along);
  let unplaced = 0;
  const found = curves.map((curve): PlottedCurve => {
    const along = alongValues(curve.values);
    for (const [i, place] of along.entries()) {
      if (Number.isNaN(place) && !Number.isNaN(curve.values[i])) unplaced++;
    }
    return {
      curve,
      x: alongSteps(curve.steps),
      y: along,
      raw: curve.raw === null ? null : alongValues(curve.raw),
      low: curve.band === null ? null : alongValues(curve.band.low),
      high: curve.band === null ? null : alongValues(curve.band.high),
    };
  });
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x: places } of found) {
    if (places.length === 0) continue;
    [first, last] = [Math.min(first, places[0]), Math.max(last, places[places.length - 1])];
  }
  const whole: [number, number] =
    first < last ? [first, last] : first === last ? [first - 1, last + 1] : [0, 1];
  return { curves: found, steps: x, values: y, whole, unplaced };
}

/** Which measurements of each curve are drawn in a view, so that extremes and ends are among them. */
export interface View {
  /** Between which places along the axis of steps. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly curves: readonly { readonly line: readonly number[]; readonly raw: readonly number[] }[];
}

/** How much of the values' range is left free at either end. */
const MARGIN = 0.04;

/** What of the curves lies between two places along the axis of steps, for a picture of so many columns. */
export function viewOf(all: Plotted, x: readonly [number, number], columns: number): View {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const reach = (values: Float64Array | null, places: readonly number[]): void => {
    if (values === null) return;
    for (const i of places) {
      const value = values[i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  };
  const curves = all.curves.map((plottedCurve) => {
    const { x: places, y, raw, low: least, high: most } = plottedCurve;
    const [from, to] = [firstAtLeast(places, x[0]), firstAtLeast(places, x[1], true)];
    // One more on either side, to which the line leads.
    const [start, end] = [Math.max(0, from - 1), Math.min(places.length, to + 1)];
    const thinned = (values: Float64Array): number[] =>
      placesInColumns(places, values, start, end, x, columns);
    const line = least === null || most === null ? thinned(y) : inOrder([y, least, most].map(thinned));
    const rawLine = raw === null ? [] : thinned(raw);
    // Those beyond the edges are drawn to, but do not stretch the axis.
    const within = (i: number): boolean => i >= from && i < to;
    const inside = line.filter(within);
    reach(y, inside);
    reach(least, inside);
    reach(most, inside);
    reach(raw, rawLine.filter(within));
    return { line, raw: rawLine };
  });
  if (!(low <= high)) [low, high] = [0, 1];
  const margin = (high - low || Math.abs(high) || 1) * MARGIN;
  return { x, y: [low - margin, high + margin], curves };
}

/** The place of the first entry that is at least so large, or larger. */
export function firstAtLeast(sorted: ArrayLike<number>, bound: number, isBeyond = false): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < bound || (isBeyond && sorted[middle] === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inOrder(parts: readonly (readonly number[])[]): number[] {
  return [...new Set(parts.flat())].sort((a, b) => a - b);
}
