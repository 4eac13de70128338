import { opposite, type Pieces, type Sign, type SignedWindows, windowsOfSign } from './alternating-pieces.ts';
import { growWindows, joinWindows } from './joined-windows.ts';
import type { Window } from './minimal-windows.ts';
import { type RangeSums, rangeMean } from './range-sums.ts';

/** A rise or a fall, in indices of measurements. */
export interface Transition {
  readonly sign: Sign;
  /** Last measurement before it, and first after. */
  readonly first: number;
  readonly last: number;
  /** Where it is half-way. */
  readonly middle: number;
  /** Between which places it starts, and ends. */
  readonly start: Window;
  readonly end: Window;
  /** The union of the windows that show it. */
  readonly shown: Window;
  /** Between which places lie the turning points before and after it; the series' own ends where there is none. */
  readonly turnBefore: Window;
  readonly turnAfter: Window;
  /** Difference of the levels after and before, with its sign. */
  readonly amplitude: number;
  readonly jump: boolean;
}

/** The minimal windows that a series is divided by. */
export interface Evidence {
  readonly moved: SignedWindows;
  readonly directed: SignedWindows;
}

interface Curve {
  readonly values: Float64Array;
  readonly sums: RangeSums;
}

/** Most measurements from 10 to 90 % of a jump. */
const JUMP = 5;
/** Most values that a level beside a transition is the mean of. */
const LEVEL = 40;

/** The rises and falls of a series, in order. */
export function transitionsOf(curve: Curve, pieces: Pieces, { moved, directed }: Evidence): Transition[] {
  const n = curve.values.length;
  const smooth = meansOfThree(curve.values);
  const spans = [{ first: 0, last: 0 }, ...pieces.turns, { first: n - 1, last: n - 1 }];
  const cuts = spans.map(({ first, last }, k) => {
    if (k === 0 || k === spans.length - 1) return first;
    return extreme(smooth, first, last, k % 2 === 1 ? pieces.sign : opposite(pieces.sign));
  });
  return cuts.slice(1).flatMap((until, k) => {
    const sign = k % 2 === 0 ? pieces.sign : opposite(pieces.sign);
    const from = cuts[k];
    const inside = (windows: SignedWindows): Window[] =>
      windowsOfSign(windows, sign)
        .filter(({ first, last }) => from <= (first + last) / 2 && (first + last) / 2 <= until)
        .map(({ first, last }) => ({ first: Math.max(first, from), last: Math.min(last, until) }));
    const parts = growWindows(joinWindows(inside(directed)), inside(moved));
    return parts.map((shown, j) => ({
      ...placeTransition(curve, smooth, windowsOfSign(moved, sign), sign, shown, {
        first: j > 0 ? parts[j - 1].last : from,
        last: j + 1 < parts.length ? parts[j + 1].first : until,
      }),
      turnBefore: spans[k],
      turnAfter: spans[k + 1],
    }));
  });
}

/** Index of the largest value (smallest for −1) at first … last. */
function extreme(values: Float64Array, first: number, last: number, sign: Sign): number {
  let best = first;
  for (let i = first + 1; i <= last; i++) if (sign * values[i] > sign * values[best]) best = i;
  return best;
}

/** @param neighbours the places up to which the levels before and after it reach. */
function placeTransition(
  { values, sums }: Curve,
  smooth: Float64Array,
  moved: readonly Window[],
  sign: Sign,
  shown: Window,
  neighbours: Window,
): Omit<Transition, 'turnBefore' | 'turnAfter'> {
  const { first, last } = shown;
  const own = moved.filter((window) => window.first >= first - 1 && window.last <= last + 1);
  const [earliest, latest] = own.length === 0 ? [shown, shown] : [own[0], own[own.length - 1]];
  const before =
    earliest.first - neighbours.first >= 3
      ? rangeMean(sums, Math.max(neighbours.first, earliest.first + 1 - LEVEL), earliest.first + 1)
      : first > 0
        ? smooth[first]
        : values[0];
  const after =
    neighbours.last - latest.last >= 3
      ? rangeMean(sums, latest.last, Math.min(neighbours.last + 1, latest.last + LEVEL))
      : last < values.length - 1
        ? smooth[last]
        : values[last];
  const amplitude = after - before;
  const length = last - first;
  const progress = (k: number): number =>
    amplitude * sign > 0 ? (values[first + k] - before) / amplitude : k / length;
  let middle = 0;
  for (let k = length; k >= 0; k--) if (progress(k) >= 0.5) middle = k;
  let low = 0;
  for (let k = 0; k <= middle; k++) if (progress(k) < 0.1) low = k;
  let high = length;
  for (let k = length; k >= middle; k--) if (progress(k) > 0.9) high = k;
  // From 10 to 90 % of a straight ramp are 8 of its 10 parts.
  const margin = Math.max(0, high - low - 1) / 8;
  const start = Math.max(first, roundHalfEven(first + low - margin));
  const end = Math.min(last, roundHalfEven(first + high + margin));
  return {
    ...{ sign, first: start, last: end, middle: first + middle, shown, amplitude },
    start: { first: Math.min(earliest.first, start), last: Math.max(earliest.last, start) },
    end: { first: Math.min(latest.first, end), last: Math.max(latest.last, end) },
    jump: high - low <= JUMP,
  };
}

/** Means of each value and its neighbours, first and last value counting twice at the ends. */
function meansOfThree(values: Float64Array): Float64Array {
  const last = values.length - 1;
  return values.map((value, i) => (values[Math.max(0, i - 1)] + value + values[Math.min(last, i + 1)]) / 3);
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  return x - below === 0.5 ? below + (below % 2) : Math.round(x);
}
